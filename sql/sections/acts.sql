-- SPDX-License-Identifier: Apache-2.0
-- Acts: the list for all contracts or one, and one act with its meters and persons. An act concerns the whole contract:
-- a right on only one meter shows none. :contract, :kind and :year, if given, filter the list.

-- The contracts to choose from.
-- @query act_premises
-- @scope account
-- @args account:text today:date right:int
-- @row premises contract_no:text address:text locality:text
select distinct a.contract_no, p.address, p.locality
  from portal_access a
  join billing_premises p on p.premises_id = a.premises_id
 where {may_whole a :right}
 order by p.address, a.contract_no;

-- The years in which there are acts, latest first, regardless of the filters.
-- @query act_years
-- @scope account
-- @args account:text today:date right:int
-- @row year year:text acts:int first:date
select substr(t.registered_on, 1, 4), count(*), min(t.registered_on)
  from billing_act t
 where t.contract_no in (select a.contract_no from portal_access a
                          where {may_whole a :right})
 group by substr(t.registered_on, 1, 4)
 order by substr(t.registered_on, 1, 4) desc;

-- @query act_count
-- @scope account
-- @args account:text contract:text today:date right:int kind:text year:text
-- @row count acts:int
select count(*)
  from billing_act t
 where t.contract_no in (select a.contract_no from portal_access a
                          where {may_whole a :right} and {chosen a})
   and (:kind is null or t.kind = :kind) and (:year is null or substr(t.registered_on, 1, 4) = :year)
having count(*) > 0;

-- @query act_list
-- @scope account
-- @args account:text contract:text today:date right:int kind:text year:text size:int skip:int
-- @row act act_no:text kind:text registered_on:date contract_no:text address:text locality:text
select t.act_no, t.kind, t.registered_on, t.contract_no, p.address, p.locality
  from billing_act t
  join billing_contract c on c.contract_no = t.contract_no
  join billing_premises p on p.premises_id = c.premises_id
 where t.contract_no in (select a.contract_no from portal_access a
                          where {may_whole a :right} and {chosen a})
   and (:kind is null or t.kind = :kind) and (:year is null or substr(t.registered_on, 1, 4) = :year)
 order by t.registered_on desc, t.act_no desc
 limit :size offset :skip;

-- The meters of the same acts.
-- @query act_list_meters
-- @scope account
-- @args account:text contract:text today:date right:int kind:text year:text size:int skip:int
-- @row meter act_no:text part:text serial:text place:text
select am.act_no, am.part, m.serial, m.place
  from billing_act_meter am
  join billing_meter m on m.meter_id = am.meter_id
 where am.act_no in (
   select t.act_no
     from billing_act t
    where t.contract_no in (select a.contract_no from portal_access a
                             where {may_whole a :right} and {chosen a})
      and (:kind is null or t.kind = :kind) and (:year is null or substr(t.registered_on, 1, 4) = :year)
    order by t.registered_on desc, t.act_no desc
    limit :size offset :skip)
 order by am.act_no, am.line;

-- @query act_contract
-- @scope account
-- @args account:text act:text today:date right:int
-- @row contract contract_no:text
select t.contract_no
  from billing_act t
 where t.act_no = :act
   and {allowed t.contract_no :right};

-- @query act_head
-- @scope account
-- @args account:text act:text today:date right:int
-- @row act act_no:text kind:text registered_on:date visited_at:time drawn_up:text reason:text findings:text to_mend:text mend_by:date remarks:text
-- @row act contract_no:text address:text locality:text postcode:text cadastre_no:text holder:text
select t.act_no, t.kind, t.registered_on, t.visited_at, t.place, t.reason, t.findings, t.to_mend, t.mend_by, t.remarks,
       c.contract_no, p.address, p.locality, p.postcode, p.cadastre_no, k.name
  from billing_act t
  join billing_contract c on c.contract_no = t.contract_no
  join billing_premises p on p.premises_id = c.premises_id
  join billing_customer k on k.customer_no = c.customer_no
 where t.act_no = :act
   and {allowed_whole t.contract_no :right};

-- here: the meter belongs to the contract, so that the page can link to it
-- @query act_meters
-- @scope account
-- @args account:text act:text today:date right:int
-- @row meter act_no:text meter_id:text part:text place:text serial:text size:text decimals:int value:volume seal_no:text seal_state:text verified_until:date here:flag
select am.act_no, am.meter_id, am.part, m.place, m.serial, m.size, m.decimals, am.value_l, am.seal_no, am.seal_state, m.verified_until,
       case when exists (select 1 from billing_meter n where n.contract_no = t.contract_no and n.point_id = m.point_id
                           and {in_place n}) then 1 else 0 end
  from billing_act t
  join billing_act_meter am on am.act_no = t.act_no
  join billing_meter m on m.meter_id = am.meter_id
 where t.act_no = :act
   and {allowed_whole t.contract_no :right}
 order by am.line;

-- @query act_persons
-- @scope account
-- @args account:text act:text today:date right:int
-- @row person act_no:text name:text role:text post:text signed:flag
select ap.act_no, ap.name, ap.role, ap.post, ap.signed
  from billing_act t
  join billing_act_person ap on ap.act_no = t.act_no
 where t.act_no = :act
   and {allowed_whole t.contract_no :right}
 order by ap.line;
