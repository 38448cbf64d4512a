-- SPDX-License-Identifier: Apache-2.0
-- The texts by which a contract is found, for every page that searches contracts.

-- The rows of a contract are adjacent: one for each way to it, and with :numbers one for each current meter. The portal
-- decides which match (base/search.h): neither database knows that "ciekuru" should find "Čiekuru".
-- @query contract_texts
-- @scope account
-- @args account:text today:date numbers:flag
-- @row contract contract_no:text address:text locality:text holder:text serial:text
select a.contract_no, p.address, p.locality, k.name, m.serial
  from portal_access a
  join billing_premises p on p.premises_id = a.premises_id
  join billing_contract c on c.contract_no = a.contract_no
  join billing_customer k on k.customer_no = c.customer_no
  left join billing_meter m on m.contract_no = a.contract_no and {in_place m} and :numbers = 1
                           and {at_point a m}
 where {held a}
 order by a.contract_no;
