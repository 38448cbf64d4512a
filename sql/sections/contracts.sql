-- SPDX-License-Identifier: Apache-2.0
-- Contracts: the list, one contract with everything that belongs to it, its documents. All of it concerns whole
-- contracts: a right on only one meter ("a.point_id is null" fails) shows none of it. The readings for the certificate
-- are in meters.sql.

-- Searched (contract_search.sql) and paged by the section.
-- @query contract_register
-- @scope account
-- @args account:text today:date right:int
-- @row contract contract_no:text address:text locality:text role:text holder:text signed_on:date ended_on:date meters:int
select a.contract_no, p.address, p.locality, min(a.basis), k.name, c.signed_on, c.ended_on,
       (select count(*) from billing_meter m where m.contract_no = a.contract_no and {in_place m})
  from portal_access a
  join billing_premises p on p.premises_id = a.premises_id
  join billing_contract c on c.contract_no = a.contract_no
  join billing_customer k on k.customer_no = c.customer_no
 where {may_whole a :right}
 group by a.contract_no, p.address, p.locality, k.name, c.signed_on, c.ended_on
 order by p.address, a.contract_no;

-- @query contract_head
-- @scope account
-- @args account:text contract:text right:int today:date
-- @row contract contract_no:text address:text locality:text postcode:text cadastre_no:text holder:text holder_kind:text reg_no:text
-- @row contract signed_on:date ended_on:date ended:flag boundary:text boundary_act:text payment_reference:text delivery:text delivery_to:text acts:int
select c.contract_no, p.address, p.locality, p.postcode, p.cadastre_no, k.name, k.kind, k.reg_no,
       c.signed_on, c.ended_on, case when c.ended_on < :today then 1 else 0 end, c.boundary,
       (select t.act_no from billing_act t where t.contract_no = c.contract_no and t.kind = 'service_boundary'
         order by t.registered_on desc, t.act_no desc limit 1),
       c.payment_reference, c.delivery, c.delivery_to,
       (select count(*) from billing_act t where t.contract_no = c.contract_no)
  from billing_contract c
  join billing_premises p on p.premises_id = c.premises_id
  join billing_customer k on k.customer_no = c.customer_no
 where c.contract_no = :contract
   and {allowed_whole :contract :right};

-- What is billed, with today's price; for a service that has ended, with its last price.
-- @query contract_services
-- @scope account
-- @args account:text contract:text right:int today:date
-- @row service service:text since:date until:date price:price vat_rate:int tariff_since:date
select s.service, s.since, s.until, t.price, t.vat_rate, t.since
  from billing_service s
  left join billing_tariff t
    on t.service = s.service and t.tariff_group = s.tariff_group
   and t.since = (select max(n.since) from billing_tariff n
                   where n.service = s.service and n.tariff_group = s.tariff_group
                     and n.since <= case when s.until < :today then s.until else :today end)
 where s.contract_no = :contract
   and {allowed_whole :contract :right}
 order by case s.service when 'water' then 1 when 'sewage' then 2 else 3 end, s.since, s.service;

-- Earlier and announced prices of these services, newest first.
-- @query contract_tariffs
-- @scope account
-- @args account:text contract:text right:int today:date
-- @row tariff service:text since:date price:price vat_rate:int coming:flag
select distinct t.service, t.since, t.price, t.vat_rate, case when t.since > :today then 1 else 0 end
  from billing_service s
  join billing_tariff t on t.service = s.service and t.tariff_group = s.tariff_group
 where s.contract_no = :contract
   and t.since >= (select coalesce(max(n.since), '') from billing_tariff n
                    where n.service = s.service and n.tariff_group = s.tariff_group and n.since <= s.since)
   and (s.until is null or t.since <= s.until)
   and {allowed_whole :contract :right}
 order by t.since desc, t.service;

-- :meter, if given: only the point where that meter is or was.
-- @query contract_meter_count
-- @scope account
-- @args account:text contract:text right:int today:date meter:text
-- @row meters meters:int expired:int
select count(*), sum({verification_expired m})
  from billing_meter m
 where m.contract_no = :contract and {in_place m}
   and (:meter is null or m.point_id = (select x.point_id from billing_meter x where x.meter_id = :meter and x.contract_no = :contract))
   and {allowed_whole :contract :right}
having count(*) > 0;

-- The current meters, each with the last value that was actually read.
-- @query contract_meters
-- @scope account
-- @args account:text contract:text right:int today:date meter:text size:int skip:int
-- @row meter meter_id:text point_id:text place:text serial:text size:text digits:int decimals:int remote:flag installed_on:date
-- @row meter verified_on:date verified_until:date expired:flag last:volume last_on:date
select m.meter_id, m.point_id, m.place, m.serial, m.size, m.digits, m.decimals, m.remote, m.installed_on,
       m.verified_on, m.verified_until, {verification_expired m},
       case when r.read_on >= coalesce(b.read_on, '') then r.value_l else b.value_l end,
       case when r.read_on >= coalesce(b.read_on, '') then r.read_on else b.read_on end
  from billing_meter m
  left join billing_reading b
    on b.reading_id = (select x.reading_id from billing_reading x
                        where x.meter_id = m.meter_id and x.value_l is not null and x.kind <> 'estimated'
                        order by x.read_on desc, x.reading_id desc limit 1)
  left join portal_reading r
    on r.reading_id = (select y.reading_id from portal_reading y
                        where y.meter_id = m.meter_id and y.state = 'current'
                        order by y.read_on desc, y.version desc limit 1)
 where m.contract_no = :contract and {in_place m}
   and (:meter is null or m.point_id = (select x.point_id from billing_meter x where x.meter_id = :meter and x.contract_no = :contract))
   and {allowed_whole :contract :right}
 order by m.contract_no, m.place, m.serial, m.meter_id
 limit :size offset :skip;

-- The seals on the same meters.
-- @query contract_seals
-- @scope account
-- @args account:text contract:text right:int today:date meter:text size:int skip:int
-- @row seal meter_id:text seal_no:text set_on:date
select s.meter_id, s.seal_no, s.set_on
  from billing_seal s
 where s.removed_on is null
   and s.meter_id in (
     select m.meter_id from billing_meter m
      where m.contract_no = :contract and {in_place m}
        and (:meter is null or m.point_id = (select x.point_id from billing_meter x where x.meter_id = :meter and x.contract_no = :contract))
        and {allowed_whole :contract :right}
      order by m.contract_no, m.place, m.serial, m.meter_id
      limit :size offset :skip)
 order by s.meter_id, s.set_on, s.seal_no;

-- The former meters of the same points, under this contract; newest first.
-- @query contract_devices
-- @scope account
-- @args account:text contract:text right:int today:date meter:text size:int skip:int
-- @row device point_id:text meter_id:text serial:text installed_on:date removed_on:date end:volume act_no:text
select d.point_id, d.meter_id, d.serial, d.installed_on, d.removed_on,
       (select b.value_l from billing_reading b where b.meter_id = d.meter_id and b.kind = 'swap_end'
         order by b.read_on desc, b.reading_id desc limit 1),
       (select t.act_no from billing_act_meter am join billing_act t on t.act_no = am.act_no
         where am.meter_id = d.meter_id and am.part = 'removed' and t.contract_no = d.contract_no
         order by t.registered_on desc, t.act_no desc limit 1)
  from billing_meter d
 where d.contract_no = :contract and d.removed_on is not null
   and d.point_id in (
     select m.point_id from billing_meter m
      where m.contract_no = :contract and {in_place m}
        and (:meter is null or m.point_id = (select x.point_id from billing_meter x where x.meter_id = :meter and x.contract_no = :contract))
        and {allowed_whole :contract :right}
      order by m.contract_no, m.place, m.serial, m.meter_id
      limit :size offset :skip)
 order by d.point_id, d.installed_on desc, d.meter_id;

-- @query contract_documents
-- @scope account
-- @args account:text contract:text right:int today:date
-- @row document kind:text number:text title:text issued_on:date
select d.kind, d.number, d.title, d.issued_on
  from billing_document d
 where d.contract_no = :contract
   and {allowed_whole :contract :right}
 order by d.issued_on, d.document_id;

-- Other people's names: only for somebody who may give rights on the whole contract. A representative has a name
-- after the first use of the portal.
-- @query contract_representatives
-- @scope account
-- @args account:text contract:text today:date
-- @row representative name:text since:date until:date
select n.name, r.since, r.until
  from billing_contract c
  join billing_representative r on r.customer_no = c.customer_no
  left join portal_person_code pc on pc.person_code = r.person_code
  left join portal_account n on n.account_id = pc.account_id
 where c.contract_no = :contract and (r.until is null or r.until >= :today)
   and {allowed_whole :contract delegate}
 order by r.since, r.person_code;

-- A right is in force as long as its giver may give it.
-- @query contract_delegates
-- @scope account
-- @args account:text contract:text today:date
-- @row delegate name:text level:text place:text serial:text since:date until:date
select d.receiver_name, d.level, m.place, m.serial, d.since, d.until
  from portal_delegation d
  left join billing_meter m on m.point_id = d.point_id and m.contract_no = d.contract_no and {in_place m}
 where d.contract_no = :contract and d.state = 'active' and d.until >= :today
   and {giver_holds d}
   and {allowed_whole :contract delegate}
 order by d.since, d.delegation_id;
