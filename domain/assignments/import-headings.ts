/** What a column of a file holds, according to its heading. */
export type ColumnKind = "user" | "email" | "name" | "directory" | "allotment" | "other";

/**
 * Headings of user lists in the languages that admins export them in, as `headingWord` returns them. A missing
 * heading costs a choice on the page where the columns are confirmed; it never assigns a seat by mistake.
 */
const HEADINGS: Record<ColumnKind, string> = {
  user: `subject sub user userid username usernames login loginid loginname logon logonname account accountname
    samaccountname userprincipalname upn uid member users benutzer benutzername benutzerid benutzerkennung anmeldename
    nutzer nutzername kennung konto kontoname mitarbeiter utilisateur nomdutilisateur nomutilisateur identifiant
    identifiantutilisateur compte sujet usuario nombredeusuario cuenta utente nomeutente gebruiker gebruikersnaam
    utilizador nomedeusuario uzytkownik nazwauzytkownika`,
  email: `email emails emailaddress mail mailaddress emailadresse mailadresse adresseemail adressemail courriel
    adressecourriel adresseelectronique correo correoelectronico postaelettronica emailadres`,
  name: `name fullname displayname person people vollername anzeigename nom nomcomplet personne nombre nome naam`,
  directory: `userdirectory directory domain userdomain netbios verzeichnis benutzerverzeichnis domane domaene annuaire
    repertoire domaine directorio dominio domein`,
  allotment: `allotment licensetype licencetype license licence type access accesstype seat seattype pool lizenz lizenztyp
    lizenzart typ zugriff zugriffstyp zugriffsart kontingent typedelicence typelicence typedacces acces licencia
    tipodelicencia tipo licenza tipodilicenza licentie licentietype`,
  other: `created createdat date state status instance deployment source row why reason lastused lastlogin lastseen
    firstname lastname surname givenname department company phone title role id comment comments notes vorname nachname
    familienname abteilung firma telefon rolle erstellt erstelltam datum grund kommentar prenom service societe telephone
    fonction statut commentaire`,
};

const KINDS = new Map(
  Object.entries(HEADINGS).flatMap(([kind, words]) =>
    words.split(/\s+/).map((word) => [word, kind as ColumnKind] as const),
  ),
);

/** The kind of column that a heading names; undefined if the heading is unknown. */
export function kindOfHeading(cell: string): ColumnKind | undefined {
  return KINDS.get(headingWord(cell));
}

/** A heading without case, accents, spaces and punctuation: `E-mail` is `email`, `Nom d’utilisateur` is `nomdutilisateur`. */
export function headingWord(cell: string): string {
  const bare = cell.normalize("NFD").replace(/\p{M}/gu, "");
  return bare.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
