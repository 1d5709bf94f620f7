/**
 * What lists are searched by. Under row-level security PostgreSQL looks up nothing by an operator that might leak what
 * it compares, as those of trigram indexes might, before the policy has passed each row. So functions find the rows:
 * they run as a role whose policy lets it read the lists, and take the tenant from the transaction itself. Text and
 * key go in as literals, so that each search is planned for its own pattern. A short text, of which no trigram can be made, is looked for in
 * the order of the list.
 */
const found = `CREATE FUNCTION certivo_search(
    of_product text, pattern text, of_goodness smallint, from_goodness smallint, from_key text, is_backwards boolean,
    at_most integer
  ) RETURNS TABLE (goodness smallint, key text, body text, revision bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    tenant text := NULLIF(current_setting('certivo.tenant'), '');
    beyond text := CASE WHEN is_backwards THEN '<' ELSE '>' END;
    direction text := CASE WHEN is_backwards THEN 'DESC' ELSE 'ASC' END;
  BEGIN
    IF of_product IS NULL THEN
      RETURN QUERY EXECUTE format('SELECT NULL::smallint, key::text, body, revision FROM product
        WHERE tenant_id = %L AND search LIKE %L AND key %s %L ORDER BY key %s LIMIT %s',
        tenant, pattern, beyond, from_key, direction, at_most);
    ELSE
      RETURN QUERY EXECUTE format('SELECT goodness, key::text, body, NULL::bigint FROM product_part
        WHERE tenant_id = %L AND product = %L AND search LIKE %L AND (goodness, key) %s (%s::smallint, %L) %s
        ORDER BY goodness %s, key %s LIMIT %s',
        tenant, of_product, pattern, beyond, from_goodness, from_key,
        CASE WHEN of_goodness IS NULL THEN '' ELSE format('AND goodness = %s', of_goodness) END,
        direction, direction, at_most);
    END IF;
  END $$`

/** How many rows are found, counted no further than is asked for and in no order. */
const counted = `CREATE FUNCTION certivo_search_count(
    of_product text, pattern text, of_goodness smallint, at_most integer
  ) RETURNS integer
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    tenant text := NULLIF(current_setting('certivo.tenant'), '');
    n integer;
  BEGIN
    EXECUTE format('SELECT count(*) FROM (SELECT 1 FROM %s WHERE tenant_id = %L AND search LIKE %L %s %s LIMIT %s) AS bounded',
      CASE WHEN of_product IS NULL THEN 'product' ELSE 'product_part' END, tenant, pattern,
      CASE WHEN of_product IS NULL THEN '' ELSE format('AND product = %L', of_product) END,
      CASE WHEN of_goodness IS NULL THEN '' ELSE format('AND goodness = %s', of_goodness) END,
      at_most) INTO n;
    RETURN n;
  END $$`

const signatures = [
  "certivo_search(text, text, smallint, smallint, text, boolean, integer)",
  "certivo_search_count(text, text, smallint, integer)"
]

export const search = [
  "CREATE EXTENSION IF NOT EXISTS pg_trgm",
  "CREATE EXTENSION IF NOT EXISTS btree_gin",
  // Without the list of changes that wait to be merged: the import that meets it would have to merge it.
  "CREATE INDEX product_search ON product USING gin (tenant_id, search gin_trgm_ops) WITH (fastupdate = off)",
  "CREATE INDEX product_part_search ON product_part USING gin (tenant_id, product, search gin_trgm_ops) WITH (fastupdate = off)",
  `DO $$ BEGIN
    CREATE ROLE certivo_search NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
  "GRANT SELECT ON product, product_part TO certivo_search",
  "CREATE POLICY search ON product FOR SELECT TO certivo_search USING (true)",
  "CREATE POLICY search ON product_part FOR SELECT TO certivo_search USING (true)",
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
