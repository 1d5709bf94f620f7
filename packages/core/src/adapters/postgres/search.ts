/**
 * What lists are searched by. Under row-level security PostgreSQL looks up nothing by an operator that might leak what
 * it compares, as those of trigram indexes might, before the policy has passed each row. So functions find the rows:
 * they run as a role whose policy lets it read the lists, and take the tenant from the transaction itself. Text and
 * key go in as literals, so that each search is planned for its own pattern.
 *
 * An index of trigrams finds all rows with a text, in no order: good for what few rows hold, and the slower the more
 * do. So the next rows of the list are read first, and what many hold has filled a page by then.
 */
import { roleOf } from "./role.ts"

const READ_FIRST = 5000

/** The same of counting. */
const COUNTED_FIRST = 20_000

/** The list as a table with conditions. */
const listed = `format('%s WHERE tenant_id = %L %s %s',
      CASE WHEN of_product IS NULL THEN 'product' ELSE 'product_part' END,
      NULLIF(current_setting('certivo.tenant'), ''),
      CASE WHEN of_product IS NULL THEN '' ELSE format('AND product = %L', of_product) END,
      CASE WHEN of_goodness IS NULL THEN '' ELSE format('AND goodness = %s', of_goodness) END)`

/** What else rows must be, when a status is asked for: of some kinds, or among the products that stand so. */
const also = `CASE
      WHEN of_status IS NULL THEN ''
      WHEN of_product IS NULL THEN format(
        'AND key IN (SELECT product FROM product_standing WHERE tenant_id = %L AND regulation = %L AND status = %L)',
        NULLIF(current_setting('certivo.tenant'), ''), of_regulation, of_status)
      ELSE format('AND kind > 0 AND kind = ANY(%L::integer[])', ARRAY(
        SELECT alike.ordinality FROM product, jsonb_array_elements(product.kinds) WITH ORDINALITY AS alike (standings, ordinality)
        WHERE product.tenant_id = NULLIF(current_setting('certivo.tenant'), '') AND product.key = of_product
          AND (alike.standings @> jsonb_build_array(jsonb_build_object('regulation', of_regulation, 'status', of_status))
            OR alike.standings @> jsonb_build_array(jsonb_build_object('regulation', of_regulation, 'duty', of_status)))))
      END`

const found = `CREATE FUNCTION certivo_find(
    of_product text, pattern text, of_goodness smallint, of_regulation text, of_status text, from_goodness smallint, from_key text, is_backwards boolean,
    at_most integer
  ) RETURNS TABLE (goodness smallint, key text, body text, revision bigint, kind integer)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    list text := ${listed};
    also text := ${also};
    is_parts boolean := of_product IS NOT NULL;
    columns text := CASE WHEN is_parts THEN 'goodness, key::text, body, NULL::bigint, kind' ELSE 'NULL::smallint, key::text, body, revision, 0' END;
    place text := CASE WHEN is_parts THEN '(goodness, key)' ELSE '(key)' END;
    direction text := CASE WHEN is_backwards THEN 'DESC' ELSE 'ASC' END;
    sorted text := CASE WHEN is_parts THEN format('goodness %1$s, key %1$s', direction) ELSE format('key %s', direction) END;
    beyond text := CASE WHEN is_backwards THEN '<' ELSE '>' END;
    here text := CASE WHEN is_parts THEN format('(%s::smallint, %L)', from_goodness, from_key) ELSE format('(%L)', from_key) END;
    n integer;
  BEGIN
    RETURN QUERY EXECUTE format('SELECT %s FROM (SELECT * FROM %s AND %s %s %s ORDER BY %s LIMIT %s) AS next
      WHERE search LIKE %L %s ORDER BY %s LIMIT %s',
      columns, list, place, beyond, here, sorted, ${READ_FIRST}, pattern, also, sorted, at_most);
    GET DIAGNOSTICS n = ROW_COUNT;
    IF n = at_most THEN RETURN; END IF;
    EXECUTE format('SELECT %s FROM %s AND %s %s %s ORDER BY %s OFFSET %s LIMIT 1',
      CASE WHEN is_parts THEN 'format(''(%s::smallint, %L)'', goodness, key)' ELSE 'format(''(%L)'', key)' END,
      list, place, beyond, here, sorted, ${READ_FIRST - 1}) INTO here;
    IF here IS NULL THEN RETURN; END IF;
    RETURN QUERY EXECUTE format('SELECT %s FROM %s AND search LIKE %L %s AND %s %s %s ORDER BY %s LIMIT %s',
      columns, list, pattern, also, place, beyond, here, sorted, at_most - n);
  END $$`

/** How many rows are found, counted no further than is asked for. */
const counted = `CREATE FUNCTION certivo_find_count(
    of_product text, pattern text, of_goodness smallint, of_regulation text, of_status text, at_most integer
  ) RETURNS integer
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    list text := ${listed};
    also text := ${also};
    n integer;
  BEGIN
    EXECUTE format('SELECT count(*) FROM (
        SELECT FROM (SELECT * FROM %s ORDER BY %s LIMIT %s) AS first WHERE search LIKE %L %s LIMIT %s) AS bounded',
      list, CASE WHEN of_product IS NULL THEN 'key' ELSE 'goodness, key' END, ${COUNTED_FIRST}, pattern, also, at_most) INTO n;
    IF n = at_most THEN RETURN n; END IF;
    EXECUTE format('SELECT count(*) FROM (SELECT FROM %s AND search LIKE %L %s LIMIT %s) AS bounded', list, pattern, also, at_most) INTO n;
    RETURN n;
  END $$`

/** Lets the functions that search read a table. */
const searchable = (table: string): ReadonlyArray<string> => [
  `GRANT SELECT ON ${table} TO certivo_search`,
  `CREATE POLICY search ON ${table} FOR SELECT TO certivo_search USING (true)`
]

export const search = [
  "CREATE EXTENSION IF NOT EXISTS pg_trgm",
  "CREATE EXTENSION IF NOT EXISTS btree_gin",
  // Without the list of changes that wait to be merged: the import that meets it would have to merge it.
  "CREATE INDEX product_search ON product USING gin (tenant_id, search gin_trgm_ops) WITH (fastupdate = off)",
  "CREATE INDEX product_part_search ON product_part USING gin (tenant_id, product, search gin_trgm_ops) WITH (fastupdate = off)",
  roleOf("certivo_search"),
  ...["product", "product_part"].flatMap(searchable)
]

const signatures = [
  "certivo_find(text, text, smallint, text, text, smallint, text, boolean, integer)",
  "certivo_find_count(text, text, smallint, text, text, integer)"
]

/** The functions, in the hands of a role that may read the lists and nothing else. */
export const functions = [
  ...searchable("product_standing"),
  found,
  counted,
  ...signatures.flatMap((signature) => [
    `REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`,
    `GRANT EXECUTE ON FUNCTION ${signature} TO certivo_app`
  ]),
  // Only while the function is handed over.
  "GRANT certivo_search TO CURRENT_USER",
  "GRANT CREATE ON SCHEMA public TO certivo_search",
  ...signatures.map((signature) => `ALTER FUNCTION ${signature} OWNER TO certivo_search`),
  "REVOKE CREATE ON SCHEMA public FROM certivo_search",
  "REVOKE certivo_search FROM CURRENT_USER"
]
