-- SPDX-License-Identifier: Apache-2.0
-- The ids of billing that are used in addresses, forms and field names, for "waterportalctl check": each kind in steps
-- of :size, starting with the id after :after.

-- @query ids_contract
-- @scope system
-- @args after:text size:int
-- @row id id:text
select c.contract_no from billing_contract c where c.contract_no > :after order by c.contract_no limit :size;

-- @query ids_meter
-- @scope system
-- @args after:text size:int
-- @row id id:text
select m.meter_id from billing_meter m where m.meter_id > :after order by m.meter_id limit :size;

-- @query ids_point
-- @scope system
-- @args after:text size:int
-- @row id id:text
select distinct m.point_id from billing_meter m where m.point_id > :after order by m.point_id limit :size;

-- @query ids_act
-- @scope system
-- @args after:text size:int
-- @row id id:text
select t.act_no from billing_act t where t.act_no > :after order by t.act_no limit :size;

-- @query ids_invoice
-- @scope system
-- @args after:text size:int
-- @row id id:text
select i.invoice_no from billing_invoice i where i.invoice_no > :after order by i.invoice_no limit :size;

-- An empty id sorts before all others, so the steps do not find it.
-- @query ids_empty
-- @scope system
-- @row found contract_no:int meter_id:int point_id:int act_no:int invoice_no:int
select (select count(*) from billing_contract c where c.contract_no = ''), (select count(*) from billing_meter m where m.meter_id = ''),
       (select count(*) from billing_meter m where m.point_id = ''), (select count(*) from billing_act t where t.act_no = ''),
       (select count(*) from billing_invoice i where i.invoice_no = '');
