export const ALLOTMENTS = {
  name: "alias_allotments",
  text: "SELECT name FROM allotment WHERE license = $1 ORDER BY key",
};

/** The live seats of a user, by the index, in every allotment. */
export const SEATS_OF = {
  name: "alias_seats",
  text: `SELECT a.instance::text FROM allotment t JOIN assignment a
    ON a.license = t.license AND a.allotment = t.key AND a.subject_index = decode($2, 'hex')
    WHERE t.license = $1 AND a.deleted IS NULL`,
};

export const READ_ALIAS = {
  name: "alias_read",
  text: `SELECT encode(alias_index, 'hex') AS alias, encode(primary_index, 'hex') AS user
    FROM subject_alias WHERE license = $1 AND id = $2::uuid`,
};

/** Returns the id of the alias, whoever inserted it. */
export const INSERT_ALIAS = {
  name: "alias_insert",
  text: `INSERT INTO subject_alias (license, id, primary_index, alias_index, declared_at)
    VALUES ($1, $2::uuid, decode($3, 'hex'), decode($4, 'hex'), $5)
    ON CONFLICT (license, alias_index) DO UPDATE SET alias_index = excluded.alias_index RETURNING id::text`,
};

export const DELETE_ALIAS = {
  name: "alias_delete",
  text: "DELETE FROM subject_alias WHERE license = $1 AND id = $2::uuid",
};

/** Whether statements look for aliases of the license. */
export const MARK_LICENSE = {
  name: "alias_mark",
  text: `UPDATE license l SET has_aliases = EXISTS (SELECT FROM subject_alias WHERE license = l.number)
    WHERE number = $1`,
};
