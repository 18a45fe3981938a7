package app

import "time"

// How long what is kept of people is kept, beside what ends by itself.
const (
	keepDrafts      = 365 * 24 * time.Hour
	keepUnconfirmed = 30 * 24 * time.Hour // accounts that nobody ever signed in to
	keepEnded       = 365 * 24 * time.Hour
	keepAsleepYears = 3 // accounts that nobody signs in to
	keepWordsYears  = 3 // notes between authors and editors
	// Whoever does not sign in is warned so long before the account is erased,
	// again so long after, and has so long still then.
	warnBefore   = 60 * 24 * time.Hour
	warnAgain    = 30 * 24 * time.Hour
	warnedBefore = 14 * 24 * time.Hour
)

// Kept (uchovávaný údaj) is a line of the register of processing (12.2): what is
// kept of a person, what for, on what ground, how long and what happens then.
type Kept struct {
	// Columns of the database that it stands in, "account.email"; of files, none.
	Columns []string
	What    Text
	Purpose Text
	Ground  Text // legal ground, by the GDPR
	Long    Text
	Then    Text
}

// Retention is the whole register: the page about privacy and the purge are made
// of it, and a test demands that no column about a person is missing.
func Retention() []Kept { return append(retentionOfAccounts(), retentionOfRecords()...) }

// Legal grounds.
func contract() Text {
	return Text{"čl. 6 odst. 1 písm. b) GDPR – bez toho účet nemůže fungovat", "Article 6(1)(b) GDPR – the account cannot work without it"}
}

func interest() Text {
	return Text{"čl. 6 odst. 1 písm. f) GDPR – oprávněný zájem na bezpečnosti a důvěryhodnosti databáze", "Article 6(1)(f) GDPR – legitimate interest in the safety and credibility of the database"}
}

func consented() Text {
	return Text{"čl. 6 odst. 1 písm. a) GDPR – souhlas, který jde kdykoli odvolat", "Article 6(1)(a) GDPR – consent, which can be withdrawn at any time"}
}

// Ends that several lines share.
func withAccount() Text {
	return Text{"po dobu existence účtu; účet, ke kterému se 3 roky nikdo nepřihlásí, po dvou upozorněních smažeme", "as long as the account exists; one that nobody signs in to for 3 years is erased after two warnings"}
}

func deleted() Text { return Text{"smaže se", "deleted"} }

func retentionOfAccounts() []Kept {
	return []Kept{
		{
			Columns: []string{"account.email", "account.email_folded", "account.name", "account.lang"},
			What:    Text{"e-mail, jméno a jazyk zpráv", "e-mail, name and language of letters"},
			Purpose: Text{"přihlášení, zprávy o vašich návrzích, podpis pro redakci a členy organizace", "signing in, letters about your proposals, signature for editors and members of the organisation"},
			Ground:  contract(), Long: withAccount(), Then: Text{"smaže se; u záznamů zůstane „smazaný účet“", "deleted; records say “deleted account”"},
		}, {
			Columns: []string{"account.created_at", "account.seen_at", "account.state", "account_warning.sent_at", "account_warning.number"},
			What:    Text{"kdy účet vznikl, kdy jste se naposledy přihlásili a kdy jsme vás upozornili na smazání", "when the account was founded, when you last signed in and when we warned you of erasure"},
			Purpose: Text{"mazání opuštěných účtů", "erasing abandoned accounts"},
			Ground:  interest(), Long: withAccount(), Then: Text{"smaže se; zůstane jen kód účtu a den smazání", "deleted; only the code of the account and the day of erasure are left"},
		}, {
			Columns: []string{"account_secret.password", "account_secret.password_at", "account_secret.totp", "account_secret.totp_at", "account_secret.totp_step", "recovery_code.hash", "recovery_code.used_at", "passkey.name", "passkey.credential", "passkey.added_at", "passkey.used_at"},
			What:    Text{"otisk hesla, klíč jednorázových kódů, otisky záložních kódů a přístupové klíče", "hash of the password, key of one-time codes, hashes of recovery codes and passkeys"},
			Purpose: Text{"ověření, že jste to vy", "proof that it is you"},
			Ground:  contract(), Long: Text{"dokud je nezměníte nebo neodeberete", "until you change or remove them"}, Then: deleted(),
		}, {
			Columns: []string{"account_identity.issuer", "account_identity.subject", "account_identity.added_at"},
			What:    Text{"vaše označení u jiné přihlašovací služby, pokud ji používáte", "what another sign-in service calls you, if you use one"},
			Purpose: Text{"přihlášení přes ni", "signing in through it"}, Ground: contract(), Long: withAccount(), Then: deleted(),
		}, {
			Columns: []string{"session.device", "session.created_at", "session.used_at", "session.confirmed_at", "session.expires_at"},
			What:    Text{"ve kterých prohlížečích jste přihlášeni", "in which browsers you are signed in"},
			Purpose: Text{"přihlášení a to, abyste cizí přihlášení poznali a ukončili", "signing in, and so that you can tell and end those of others"},
			Ground:  contract(), Long: Text{"14 dní od přihlášení, 7 dní od posledního použití", "14 days from signing in, 7 days from the last use"}, Then: deleted(),
		}, {
			Columns: []string{"login_link.email", "login_link.purpose", "login_link.detail", "login_link.created_at", "login_link.expires_at", "login_link.used_at"},
			What:    Text{"adresa, na kterou jsme poslali odkaz k přihlášení nebo potvrzení", "the address that we sent a link to sign in or confirm to"},
			Purpose: Text{"ověření adresy", "confirming the address"},
			Ground:  contract(), Long: Text{"do konce platnosti odkazu, nejdéle 14 dní, a 1 den poté", "until the link ends, 14 days at most, and 1 day more"}, Then: deleted(),
		}, {
			Columns: []string{"outbox.recipient", "outbox.recipient_name", "outbox.subject", "outbox.body", "outbox.html", "outbox.unsubscribe", "outbox.cause", "outbox.expires_at"},
			What:    Text{"odeslané zprávy: komu a kdy; obsah jen do odeslání", "letters: to whom and when; what they say only until they are sent"},
			Purpose: Text{"doručení a dohledání chyb", "delivery and finding faults"},
			Ground:  interest(), Long: Text{"30 dní po odeslání", "30 days after sending"}, Then: deleted(),
		}, {
			Columns: []string{"draft.form", "draft.title", "draft.content", "draft.saved_at"},
			What:    Text{"rozepsané formuláře", "forms that you were filling in"},
			Purpose: Text{"abyste o rozepsané nepřišli", "so that you lose nothing"},
			Ground:  contract(), Long: Text{"12 měsíců od poslední úpravy", "12 months from the last change"}, Then: deleted(),
		}, {
			Columns: []string{"watch.kind", "watch.subject", "watch.period", "watch.feed", "watch.paused", "watch.created_at", "watch.told_seq", "watch.told_at", "watch.letter_at"},
			What:    Text{"co v databázi sledujete a jak často vám píšeme", "what you watch in the database and how often we write"},
			Purpose: Text{"zprávy o novinkách, o které jste požádali", "letters about news that you asked for"},
			Ground:  contract(), Long: Text{"dokud sledování neukončíte, nejdéle po dobu existence účtu", "until you end the watch, and no longer than the account exists"}, Then: deleted(),
		}, {
			Columns: []string{"consent.purpose", "consent.wording", "consent.given_at", "consent.withdrawn_at"},
			What:    Text{"udělené a odvolané souhlasy s jejich zněním", "consents given and withdrawn, in their words"},
			Purpose: Text{"doklad o tom, s čím jste souhlasili", "proof of what you agreed to"},
			Ground:  Text{"čl. 7 odst. 1 GDPR – povinnost souhlas doložit", "Article 7(1) GDPR – duty to prove the consent"}, Long: withAccount(), Then: deleted(),
		},
	}
}

func retentionOfRecords() []Kept {
	return []Kept{
		{
			Columns: []string{"role_grant.role", "role_grant.territory", "role_grant.made_by", "role_grant.made_at", "role_grant.until"},
			What:    Text{"role, které vám správce přidělil", "roles that an administrator gave you"},
			Purpose: Text{"oprávnění v databázi", "rights in the database"},
			Ground:  interest(), Long: Text{"po dobu trvání role a 12 měsíců poté", "as long as the role lasts and 12 months more"}, Then: deleted(),
		}, {
			Columns: []string{"membership.actor_id", "membership.state", "membership.manager", "membership.note", "membership.made_by", "membership.made_at"},
			What:    Text{"členství v organizacích a co jste napsali v žádosti", "memberships in organisations and what you wrote when asking"},
			Purpose: Text{"psaní jménem organizace", "writing in the name of the organisation"},
			Ground:  contract(), Long: Text{"po dobu členství; ukončené, odmítnuté a nevyřízené 12 měsíců", "as long as you are a member; ended, refused and unanswered ones for 12 months"}, Then: deleted(),
		}, {
			Columns: []string{"proposal.title", "proposal.content", "proposal.sent_at", "proposal.made_at"},
			What:    Text{"navržené opravy záznamů, i s kontakty, které v nich jsou", "corrections that you proposed, with the contacts in them"},
			Purpose: Text{"posouzení redakcí", "so that editors can decide"},
			Ground:  interest(), Long: Text{"přijaté trvale jako původ změny; vrácené a stažené 12 měsíců", "accepted ones for good, as the origin of the change; returned and withdrawn ones for 12 months"}, Then: Text{"vrácené a stažené se smažou; z ostatních se po smazání účtu odebere váš kontakt", "returned and withdrawn ones are deleted; your contact is taken out of the others once the account is erased"},
		}, {
			Columns: []string{"proposal.note", "remark.text", "remark.made_at"},
			What:    Text{"co jste si o záznamu psali s redakcí", "what you and the editors wrote each other about a record"},
			Purpose: Text{"domluva o návrhu a doložení rozhodnutí", "agreeing about the proposal and proof of the decision"},
			Ground:  interest(), Long: Text{"3 roky", "3 years"}, Then: Text{"smaže se; že se o návrhu rozhodlo, zůstane", "deleted; that it was decided stays"},
		}, {
			Columns: []string{"transfer_message.text", "transfer_message.made_by", "transfer_message.made_at"},
			What:    Text{"co jste o přenosu praxe napsali druhému městu", "what you wrote to the other town about a transfer of a practice"},
			Purpose: Text{"domluva obou měst bez sdělování adres", "agreement of the two towns without telling addresses"},
			Ground:  interest(), Long: Text{"3 roky, nejdéle po dobu existence účtu", "3 years, and no longer than the account exists"}, Then: deleted(),
		}, {
			Columns: []string{"evaluation_assignment.evaluator", "evaluation_assignment.state", "evaluation_assignment.third", "evaluation_assignment.asked", "evaluation_assignment.declared", "evaluation_assignment.done", "evaluation_assignment.reminded"},
			What:    Text{"která hodnocení projektů máte přidělená a kdy jste se vyjádřili ke střetu zájmů", "which evaluations of projects you were assigned and when you declared your interests"},
			Purpose: Text{"nestrannost hodnocení a její doložení", "impartiality of evaluations and its proof"},
			Ground:  interest(), Long: Text{"trvale, dokud trvá hodnocení", "for good, as long as the evaluation is there"}, Then: Text{"zůstane s kódem účtu; po smazání účtu za ním nikdo nestojí", "stays with the code of the account; once the account is erased, nobody stands behind it"},
		}, {
			Columns: []string{"evaluation_assignment.reason"},
			What:    Text{"důvod střetu zájmů nebo uvolnění z hodnocení", "the reason of a conflict of interest or of being released from an evaluation"},
			Purpose: Text{"nestrannost hodnocení a její doložení", "impartiality of evaluations and its proof"},
			Ground:  interest(), Long: withAccount(), Then: Text{"smaže se i z historie hodnocení", "deleted, in the history of the evaluation as well"},
		}, {
			Columns: []string{"sheet.title"},
			What:    Text{"soukromé sebekontroly a hodnoticí listy, které jste neodevzdali nebo se nepočítají", "private self-checks, and sheets that you did not submit or that do not count"},
			Purpose: Text{"abyste je mohli číst a dopsat; nikdo jiný je nečte", "so that you can read and finish them; nobody else reads them"},
			Ground:  contract(), Long: withAccount(), Then: Text{"smažou se celé i se staršími podobami", "deleted whole, with their former versions"},
		}, {
			Columns: []string{"sheet.written_by", "sheet.no_conflict", "sheet.declared", "sheet.scores", "sheet.gates", "sheet.strengths", "sheet.weaknesses", "sheet.advice", "sheet.opinions", "sheet.submitted"},
			What:    Text{"hodnoticí listy a sebehodnocení, které jste odevzdali", "sheets and self-evaluations that you submitted"},
			Purpose: Text{"výsledek hodnocení a jeho zdůvodnění", "the result of an evaluation and its justification"},
			Ground:  interest(), Long: Text{"trvale jako podklad výsledku; jméno hodnotitele se nezveřejňuje", "for good, as what the result rests on; the name of an evaluator is never published"}, Then: Text{"zůstane s kódem účtu; po smazání účtu stojí místo vašeho jména a e-mailu „[…]“, i v historii", "stays with the code of the account; once the account is erased, “[…]” stands for your name and e-mail, in the history as well"},
		}, {
			Columns: []string{"change_reason.reason"},
			What:    Text{"důvod změny, pokud jste ho napsali", "why you changed a record, if you said so"},
			Purpose: Text{"dohledatelnost změn", "traceability of changes"},
			Ground:  interest(), Long: Text{"po dobu existence účtu, jinak trvale; redakce ho na požádání smaže", "as long as the account exists, otherwise for good; the editors delete it on request"}, Then: deleted(),
		}, {
			Columns: []string{"change.made_by", "audit.made_by", "batch.made_by", "mandate.made_by", "redaction.made_by", "proposal.made_by", "proposal.decided_by", "proposal.decided_at", "remark.made_by", "review.made_by", "review.made_at", "review.undone_by", "review.undone_at", "evaluation.approved_by", "evaluation.replied_by", "practice.confirmed", "replication.source_said_by", "replication.follower_said_by"},
			What:    Text{"kód účtu u toho, co jste zapsali nebo rozhodli", "the code of the account with what you wrote or decided"},
			Purpose: Text{"dohledatelnost změn a důvěryhodnost záznamů", "traceability of changes and credibility of records"},
			Ground:  interest(), Long: Text{"trvale, protokol nejméně 3 roky", "for good, the log for 3 years at least"}, Then: Text{"kód zůstane; po smazání účtu za ním nikdo nestojí", "the code stays; once the account is erased, nobody stands behind it"},
		}, {
			Columns: []string{"project_contact.name", "project_contact.titles_before", "project_contact.titles_after", "project_contact.job", "project_contact.organisation", "project_contact.email", "project_contact.phone", "project_contact.is_public", "project_contact.consent", "project_contact.retain_until"},
			What:    Text{"kontaktní osoba projektu: jméno, funkce, e-mail a telefon", "contact of a project: name, job, e-mail and telephone"},
			Purpose: Text{"spojení s realizátorem projektu", "reaching whoever runs the project"},
			Ground:  consented(), Long: Text{"do dne uvedeného u kontaktu, nejdéle dokud souhlas platí", "until the day that stands with the contact, and no longer than the consent holds"}, Then: Text{"redakce kontakt ze záznamu odebere a jeho dřívější znění nahradí; váš vlastní kontakt se ze záznamů i z jejich historie odebere při smazání účtu", "the editors take the contact out of the record and replace its former wording; your own contact is taken out of records and their history when the account is erased"},
		}, {
			Columns: []string{"practice.contacts"},
			What:    Text{"kontaktní osoba karty dobré praxe: jméno, funkce, e-mail a telefon", "contact of a card of good practice: name, job, e-mail and telephone"},
			Purpose: Text{"spojení s městem, které praxi provozuje", "reaching the town that runs the practice"},
			Ground:  consented(), Long: Text{"do dne uvedeného u kontaktu, nejdéle dokud souhlas platí", "until the day that stands with the contact, and no longer than the consent holds"}, Then: Text{"redakce kontakt z karty odebere a jeho dřívější znění nahradí; váš vlastní kontakt se z karet i z jejich historie odebere při smazání účtu a s ním zprávy, které jste bez účtu poslali jinému městu jako jediný kontakt karty", "the editors take the contact out of the card and replace its former wording; your own contact is taken out of cards and their history when the account is erased, and with it the messages that you sent to another town without an account as the only contact of the card"},
		}, {
			Columns: []string{"practice.videos", "project_measurement.entered_by"},
			What:    Text{"kdo mluví ve videu u karty dobré praxe a kdo zadal hodnotu indikátoru", "who speaks in a video of a card of good practice and who entered the value of an indicator"},
			Purpose: Text{"původ toho, co se v záznamu tvrdí", "the origin of what the record says"},
			Ground:  interest(), Long: Text{"dokud v záznamu stojí", "as long as it stands in the record"}, Then: Text{"v záznamech, které jste psali, se vaše jméno odebere při smazání účtu, i z jejich historie; z ostatních je na požádání odebere redakce", "in records that you wrote your name is taken out when the account is erased, out of their history as well; out of others the editors take it on request"},
		}, {
			Columns: []string{"practice.photos"},
			What:    Text{"autor fotografie u karty dobré praxe", "the author of a photograph of a card of good practice"},
			Purpose: Text{"uvedení autora, jak to žádá licence", "naming the author as the licence asks"},
			Ground:  Text{"čl. 6 odst. 1 písm. c) GDPR – autorský zákon", "Article 6(1)(c) GDPR – the copyright act"}, Long: Text{"dokud je fotografie v kartě", "as long as the photograph is in the card"}, Then: Text{"redakce fotografii na požádání autora odebere", "the editors take the photograph out when its author asks"},
		},
	}
}
