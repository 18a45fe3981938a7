package importer

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"
)

// looks are values that a column of a target can have; those of "" are words
// that mean nothing to a list of projects.
func looks(target string) []string {
	kinds := map[string][]string{
		"project_id":              {"CZ.03.1.51/0.0/0.0/15_009/0002345", "CZ.03.2.60/0.0/0.0/16_052/0001111", "CZ.03.2.63/0.0/0.0/15_039/0009876"},
		"call_number":             {"03_15_009", "03_16_052", "03_15_039"},
		"cci_program_code":        {"03", "03", "05"},
		"priority_number":         {"1", "2", "2"},
		"theme_code":              {"03.1", "03.2", "03.2"},
		"beneficiary_ico":         {"70098085", "00075370", "44992785"},
		"beneficiary_email":       {"a@mesto.cz", "b@kraj.cz", "c@spolek.cz"},
		"beneficiary_phone":       {"+420 777 123 456", "222 333 444", "555 666 777"},
		"beneficiary_url":         {"https://www.mesto.cz", "https://kraj.cz", "www.spolek.cz"},
		"source":                  {"https://www.mesto.cz/1", "https://kraj.cz/2", "https://www.spolek.cz/3"},
		"beneficiary_postal_code": {"602 00", "30100", "110 00"},
		"beneficiary_nuts_code":   {"CZ064", "CZ032", "CZ010"},
		"beneficiary_country":     {"Česko", "Česko", "Česko"},
		"currency":                {"CZK", "CZK", "CZK"},
		"fund_acronym":            {"ESF", "ESF", "ERDF"},
		"eu_cofinancing_rate":     {"85 %", "80 %", "85 %"},
		"":                        {"ano", "ne", "ne"},
	}
	if v := kinds[target]; v != nil {
		return v
	}
	switch {
	case strings.Contains(target, "amount"):
		return []string{"740 576,85", "1 395 997,00", "52 000,50"}
	case strings.HasSuffix(target, "date"):
		return []string{"1. 9. 2017", "31.12.2018", "15. 2. 2020"}
	}
	return []string{"Jazykové kurzy pro cizince", "Spolek Pomoc, z. s.", "Brno-město"}
}

// header is a header of a list and the targets of its columns, "-" for none.
type header struct{ columns, targets string }

// check compares what is proposed for a list of such a header. The columns are
// parted by semicolons, the targets by blanks.
func (h header) check(t *testing.T) {
	t.Helper()
	columns, targets := strings.Split(h.columns, ";"), strings.Fields(h.targets)
	if len(columns) != len(targets) {
		t.Fatalf("%d columns, %d targets: %s", len(columns), len(targets), h.columns)
	}
	rows := make([][]string, 3)
	for _, target := range targets {
		for i, value := range looks(strings.Trim(target, "-")) {
			rows[i] = append(rows[i], value)
		}
	}
	text := h.columns + "\n"
	for _, r := range rows {
		text += strings.Join(r, ";") + "\n"
	}
	m := Propose(table(t, text))
	for i, c := range m.Columns {
		if want := strings.Trim(targets[i], "-"); string(c.Target) != want {
			t.Errorf("%q is %q %.2f (%s %v), want %q", c.Header, c.Target, c.Confidence, c.Reason.Key, c.Reason.Args, want)
		}
	}
}

func TestHeadersOfCzechListsAreUnderstood(t *testing.T) {
	for name, h := range map[string]header{
		"ESF list": {
			"Registrační číslo projektu;Název projektu;Název příjemce;IČ;Právní forma;Číslo výzvy;Název výzvy;Prioritní osa;Specifický cíl;Datum zahájení realizace projektu;Datum ukončení fyzické realizace;Stav projektu;Celkové způsobilé výdaje;Příspěvek Unie;Národní veřejné prostředky;Národní soukromé prostředky;Kraj realizace;Obec realizace",
			"project_id project_name beneficiary_name beneficiary_ico beneficiary_legal_form call_number call_name priority_label theme_name starting_date completion_date project_status total_amount_eligible eu_cofinancing_amount member_state_amount third_party_amount beneficiary_nuts_region beneficiary_city"},
		"list of operations 2021": {
			"Název programu;Číslo programu;Název priority;Název specifického cíle;Fond;Číslo projektu;Název projektu CZ;Popis projektu;Jméno subjektu;IČ subjektu;PSČ subjektu;Předpokládané datum ukončení;Název kraje;Název okresu;Název stavu;Celkové způsobilé výdaje (CZK);Podíl EU v %;Příspěvek EU (CZK)",
			"operational_programme cci_program_code priority_label theme_name fund_acronym project_id project_name project_description beneficiary_name beneficiary_ico beneficiary_postal_code completion_date beneficiary_nuts_region beneficiary_county project_status total_amount_eligible eu_cofinancing_rate eu_cofinancing_amount"},
		"AMIF": {
			"Číslo projektu;Název projektu;Příjemce;Začátek realizace;Konec realizace;Celkové náklady projektu;Podíl EU;Příspěvek ze státního rozpočtu;Vlastní zdroje;Cílová skupina;Anotace projektu;Odkaz na web",
			"project_id project_name beneficiary_name starting_date completion_date total_amount eu_cofinancing_amount member_state_amount third_party_amount target_group project_description beneficiary_url"},
		"grants to municipalities": {
			"Žadatel;IČO;Název projektu;Požadovaná dotace;Přidělená dotace;Rok",
			"beneficiary_name beneficiary_ico project_name requested_amount grant_amount starting_date"},
		"Norway grants": {
			"Číslo projektu;Název projektu;Konečný příjemce;Partner projektu;Program;Výše grantu v Kč;Zahájení projektu;Ukončení projektu;Země partnera",
			"project_id project_name beneficiary_name partner_name operational_programme grant_amount starting_date completion_date -"},
		"region": {
			"Příjemce dotace;IČ;Sídlo;Název projektu;Účel dotace;Dotační titul;Výše dotace v Kč;Rok;Číslo smlouvy",
			"beneficiary_name beneficiary_ico beneficiary_address project_name project_description operational_programme grant_amount starting_date -"},
		"region, paid out": {
			"Poř. č.;Název žadatele;Adresa žadatele;Okres;Název akce;Celkové náklady akce;Požadovaná částka;Schválená dotace;Datum schválení;Číslo usnesení;Poskytnuto",
			"- beneficiary_name beneficiary_address beneficiary_county project_name total_amount requested_amount grant_amount approval_date - -"},
		"city": {
			"Subjekt;Projekt;Obsah projektu;Navržená částka v Kč;Kontaktní osoba;E-mail;Telefon;Webové stránky;Poznámka",
			"beneficiary_name project_name project_description grant_amount beneficiary_person beneficiary_email beneficiary_phone beneficiary_url note"},
		"register of subsidies": {
			"Název příjemce;IČO příjemce;Obec příjemce;Poskytovatel dotace;Název dotačního programu;Účel dotace;Částka rozhodnutá;Datum rozhodnutí",
			"beneficiary_name beneficiary_ico beneficiary_city management_authority operational_programme project_description grant_amount approval_date"},
		"from the web": {
			"Realizátor;Partneři;Donátor;Období od;Období do;Místo realizace;Klíčové aktivity;Celkový rozpočet",
			"beneficiary_name partner_name management_authority starting_date completion_date beneficiary_city activities total_amount"},
		"dates": {
			"Název projektu;Nositel projektu;Datum podání žádosti;Datum kontroly;Termín zahájení;Termín dokončení;Datum narození",
			"project_name beneficiary_name - - starting_date completion_date -"},
		"dates as planned and as they were": {
			"Reg. č. projektu;Název projektu;Jméno příjemce;Předpokládané datum zahájení;Skutečné datum zahájení;Předpokládané datum ukončení;Skutečné datum ukončení;Výše podpory celkem;Hlavní cíl projektu",
			"project_id project_name beneficiary_name - starting_date - completion_date grant_amount project_description"},
		"results of a call": {
			"Pořadí;Registrační číslo;Název žadatele;Název projektu;Bodové hodnocení;Požadovaná výše dotace (Kč);Schválená výše dotace (Kč);Výsledek",
			"- project_id beneficiary_name project_name - requested_amount grant_amount -"},
		"Prague": {
			"Č. projektu;Organizace;Název projektu;Celkový rozpočet projektu;Požadováno od HMP;Navrženo;Oblast podpory",
			"project_id beneficiary_name project_name total_amount requested_amount grant_amount priority_label"},
		"region by parts of the address": {
			"ID žádosti;Název žadatele;Právní forma;Ulice;Obec;PSČ;Okres;Zaměření projektu;Předmět dotace;Schválená výše dotace [Kč];Podíl dotace v %;Termín vyúčtování",
			"project_id beneficiary_name beneficiary_legal_form beneficiary_address beneficiary_city beneficiary_postal_code beneficiary_county theme_name project_description grant_amount eu_cofinancing_rate -"},
		"foundation": {
			"Organizace;Město;Rok podpory;Podpořená částka;Popis projektu;Program;Téma;Partnerská organizace",
			"beneficiary_name beneficiary_city approval_date grant_amount project_description operational_programme theme_name partner_name"},
		"central register": {
			"Identifikátor dotace;Název projektu;Datum podpisu rozhodnutí;IČO příjemce;Obchodní jméno;Poskytovatel;Částka požadovaná;Částka rozhodnutá;Částka spotřebovaná;Operační program",
			"project_id project_name approval_date beneficiary_ico beneficiary_name management_authority requested_amount grant_amount - operational_programme"},
		"local action group": {
			"Název projektu;Žadatel;Místo realizace;Opatření;Způsobilé výdaje;Dotace;Stav;Kontakt",
			"project_name beneficiary_name beneficiary_city priority_label total_amount_eligible grant_amount project_status beneficiary_person"},
		"recognised costs": {
			"Evidenční číslo;Příjemce;Sídlo;IČ;Účel;Celkové uznatelné náklady;Poskytnutá dotace;Vyplaceno;Vratka;Datum usnesení",
			"project_id beneficiary_name beneficiary_address beneficiary_ico project_description total_amount_eligible grant_amount - - -"},
		"paid only": {
			"Příjemce;Projekt;Poskytnuto",
			"beneficiary_name project_name grant_amount"},
		"what only sounds like it": {
			"Název projektu;Název organizace;Název banky;Číslo účtu;Číslo jednací;Počet účastníků;Počet bodů;Plátce DPH;Kód stavu;Hodnotitel",
			"project_name beneficiary_name - - - - - - - -"},
	} {
		t.Run(name, h.check)
	}
}

// headers.csv has headers that offices put above columns, alone: what a column
// is must not hang on the others. An empty target is a column without any.
func TestAHeaderAloneIsUnderstood(t *testing.T) {
	f, err := os.Open("testdata/headers.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		values := looks(r[2])
		if r[2] == "project_id" {
			values = []string{"100176", "100108", "100088"}
		}
		text := r[1] + ";xyz"
		for _, v := range values {
			text += "\n" + v + ";a b"
		}
		if c := Propose(table(t, text)).Columns[0]; string(c.Target) != r[2] {
			t.Errorf("[%s] %q is %q %.2f (%s %v), want %q", r[0], r[1], c.Target, c.Confidence, c.Reason.Key, c.Reason.Args, r[2])
		}
	}
}

// The lists that the law of the Union prescribes have the same columns in every
// language: regulation 1303/2013, annex XII, and 2021/1060, article 49.
func TestListsByTheRegulationsAreUnderstoodInEveryLanguage(t *testing.T) {
	const targets2014 = "beneficiary_name project_name project_description starting_date completion_date total_amount_eligible eu_cofinancing_rate beneficiary_postal_code beneficiary_country priority_label -"
	for lang, columns := range map[string]string{
		"cs": "Jméno příjemce;Název operace;Shrnutí operace;Datum zahájení operace;Datum ukončení operace;Celkové způsobilé výdaje přidělené na operaci;Míra spolufinancování Unií podle prioritní osy;PSČ operace nebo jiný vhodný ukazatel místa;Země;Název kategorie zásahu pro operaci;Datum poslední aktualizace seznamu operací",
		"sk": "Názov prijímateľa;Názov operácie;Zhrnutie operácie;Dátum začatia operácie;Dátum ukončenia operácie;Celkové oprávnené výdavky pridelené na operáciu;Miera spolufinancovania Únie podľa prioritnej osi;PSČ operácie alebo iný vhodný ukazovateľ miesta;Krajina;Názov kategórie intervencie pre operáciu;Dátum poslednej aktualizácie zoznamu operácií",
		"pl": "Nazwa beneficjenta;Nazwa operacji;Streszczenie operacji;Data rozpoczęcia operacji;Data zakończenia operacji;Całkowite wydatki kwalifikowalne przyznane na operację;Unijna stopa współfinansowania według osi priorytetowej;Kod pocztowy operacji lub inny odpowiedni wskaźnik lokalizacji;Kraj;Nazwa kategorii interwencji dla operacji;Data ostatniej aktualizacji wykazu operacji",
		"de": "Name des Begünstigten;Bezeichnung des Vorhabens;Zusammenfassung des Vorhabens;Datum des Beginns des Vorhabens;Datum des Endes des Vorhabens;Gesamtbetrag der förderfähigen Ausgaben des Vorhabens;Unions-Kofinanzierungssatz pro Prioritätsachse;Postleitzahl des Vorhabens oder andere angemessene Standortindikatoren;Land;Bezeichnung der Interventionskategorie für das Vorhaben;Datum der letzten Aktualisierung der Liste der Vorhaben",
		"en": "beneficiary name;operation name;operation summary;operation start date;operation end date;total eligible expenditure allocated to the operation;Union co-financing rate, as per priority axis;operation postcode or other appropriate location indicator;country;name of category of intervention for the operation;date of last update of the list of operations",
		"fr": "Nom du bénéficiaire;Nom de l'opération;Résumé de l'opération;Date de début de l'opération;Date de fin de l'opération;Total des dépenses éligibles attribué à l'opération;Taux de cofinancement par l'Union, par axe prioritaire;Code postal de l'opération ou autre indicateur de localisation approprié;Pays;Dénomination de la catégorie d'intervention dont relève l'opération;Date de la dernière mise à jour de la liste des opérations",
		"it": "Nome del beneficiario;Denominazione dell'operazione;Sintesi dell'operazione;Data di inizio dell'operazione;Data di fine dell'operazione;Spesa totale ammissibile assegnata all'operazione;Tasso di cofinanziamento UE, per asse prioritario;Codice postale dell'operazione o altro indicatore appropriato dell'ubicazione;Paese;Denominazione della categoria di intervento per l'operazione;Data dell'ultimo aggiornamento dell'elenco delle operazioni",
		"es": "Nombre del beneficiario;Nombre de la operación;Resumen de la operación;Fecha de inicio de la operación;Fecha de conclusión de la operación;Gasto total subvencionable asignado a la operación;Porcentaje de cofinanciación por parte de la Unión por eje prioritario;Código postal de la operación u otro indicador de ubicación adecuado;País;Nombre de la categoría de intervención de la operación;Fecha de la última actualización de la lista de operaciones",
		"pt": "Nome do beneficiário;Nome da operação;Síntese da operação;Data de início da operação;Data de conclusão da operação;Despesas elegíveis totais atribuídas à operação;Taxa de cofinanciamento da União por eixo prioritário;Código postal da operação ou outro indicador de localização adequado;País;Nome da categoria de intervenção da operação;Data da última atualização da lista das operações",
		"ro": "Numele beneficiarului;Denumirea operațiunii;Rezumatul operațiunii;Data de începere a operațiunii;Data de finalizare a operațiunii;Total cheltuieli eligibile alocate operațiunii;Rata de cofinanțare a Uniunii pe axă prioritară;Codul poștal al operațiunii sau alt indicator corespunzător al locației;Țara;Denumirea categoriei de intervenție pentru operațiune;Data ultimei actualizări a listei operațiunilor",
		"nl": "Naam van de begunstigde;Naam van de concrete actie;Samenvatting van de concrete actie;Begindatum van de concrete actie;Einddatum van de concrete actie;Totale subsidiabele uitgaven die aan de concrete actie zijn toegekend;Medefinancieringspercentage van de Unie per prioritaire as;Postcode van de concrete actie of een andere passende aanduiding van de locatie;Land;Benaming van de categorie steunverlening voor de concrete actie;Datum waarop de lijst van concrete acties het laatst is geactualiseerd",
		"da": "Støttemodtagerens navn;Operationens navn;Operationsresumé;Startdato for operationen;Slutdato for operationen;Samlede støtteberettigede udgifter tildelt operationen;EU-medfinansieringssats pr. prioritetsakse;Postnummer for operationen eller anden passende stedangivelse;Land;Betegnelse for interventionskategorien for operationen;Dato for den seneste ajourføring af listen over operationer",
		"sv": "Stödmottagarens namn;Insatsens namn;Sammanfattning av insatsen;Insatsens startdatum;Insatsens slutdatum;Sammanlagda stödberättigande utgifter som anslagits till insatsen;Unionens medfinansieringssats per prioriterat område;Insatsens postnummer eller annan lämplig lägesindikator;Land;Benämning på insatsens interventionskategori;Datum för den senaste uppdateringen av förteckningen",
		"fi": "Tuensaajan nimi;Toimen nimi;Toimen tiivistelmä;Toimen alkamispäivä;Toimen päättymispäivä;Toimen tukikelpoiset kokonaismenot;Unionin osarahoitusosuus toimintalinjoittain;Toimen postinumero tai muu sopiva sijaintitieto;Maa;Toimen tukitoimiluokan nimi;Toimien luettelon viimeisin päivitys",
		"hu": "A kedvezményezett neve;A művelet megnevezése;A művelet összefoglalása;A művelet kezdetének időpontja;A művelet befejezésének időpontja;A művelethez rendelt teljes elszámolható kiadás;Az uniós társfinanszírozás aránya prioritási tengelyenként;A művelet irányítószáma vagy a helyszín egyéb megjelölése;Ország;A művelet beavatkozási kategóriájának megnevezése;A műveletek listájának utolsó frissítése",
		"hr": "Naziv korisnika;Naziv operacije;Sažetak operacije;Datum početka operacije;Datum završetka operacije;Ukupni prihvatljivi izdaci dodijeljeni operaciji;Stopa sufinanciranja Unije po prioritetnoj osi;Poštanski broj operacije ili drugi odgovarajući pokazatelj lokacije;Država;Naziv kategorije intervencije za operaciju;Datum zadnjeg ažuriranja popisa operacija",
		"sl": "Ime upravičenca;Naziv operacije;Povzetek operacije;Datum začetka operacije;Datum konca operacije;Skupni upravičeni izdatki, dodeljeni operaciji;Stopnja sofinanciranja Unije po prednostni osi;Poštna številka operacije ali drug ustrezen kazalnik lokacije;Država;Naziv kategorije ukrepa za operacijo;Datum zadnje posodobitve seznama operacij",
		"lt": "Naudos gavėjo pavadinimas;Veiksmo pavadinimas;Veiksmo santrauka;Veiksmo pradžios data;Veiksmo pabaigos data;Visa veiksmui skirta tinkamų finansuoti išlaidų suma;Sąjungos bendro finansavimo norma pagal prioritetinę kryptį;Veiksmo pašto kodas arba kitas tinkamas vietos rodiklis;Šalis;Veiksmo intervencinės priemonės kategorijos pavadinimas;Veiksmų sąrašo paskutinio atnaujinimo data",
		"lv": "Saņēmēja nosaukums;Darbības nosaukums;Darbības kopsavilkums;Darbības sākuma datums;Darbības beigu datums;Darbībai piešķirtie kopējie attiecināmie izdevumi;Savienības līdzfinansējuma likme pa prioritārajiem virzieniem;Darbības pasta indekss vai cits atbilstošs atrašanās vietas rādītājs;Valsts;Darbības intervences kategorijas nosaukums;Darbību saraksta pēdējās atjaunināšanas datums",
		"et": "Toetusesaaja nimi;Tegevuse nimetus;Tegevuse kokkuvõte;Tegevuse alguskuupäev;Tegevuse lõppkuupäev;Tegevusele eraldatud rahastamiskõlblikud kulud kokku;Liidu kaasrahastamise määr prioriteetse suuna kaupa;Tegevuse sihtnumber või muu asukoha näitaja;Riik;Tegevuse sekkumiskategooria nimetus;Tegevuste loetelu viimase ajakohastamise kuupäev",
		"el": "Όνομα δικαιούχου;Ονομασία πράξης;Περίληψη πράξης;Ημερομηνία έναρξης πράξης;Ημερομηνία λήξης πράξης;Συνολικές επιλέξιμες δαπάνες πράξης;Ποσοστό συγχρηματοδότησης της Ένωσης ανά άξονα προτεραιότητας;Ταχυδρομικός κώδικας πράξης ή άλλος κατάλληλος δείκτης τοποθεσίας;Χώρα;Ονομασία της κατηγορίας παρέμβασης για την πράξη;Ημερομηνία τελευταίας ενημέρωσης του καταλόγου πράξεων",
		"bg": "Име на бенефициера;Наименование на операцията;Резюме на операцията;Начална дата на операцията;Крайна дата на операцията;Общо допустими разходи, отпуснати за операцията;Процент на съфинансиране от Съюза по приоритетна ос;Пощенски код на операцията или друг подходящ показател за местоположение;Държава;Наименование на категорията интервенция за операцията;Дата на последно актуализиране на списъка с операции",
	} {
		t.Run(lang, header{columns, targets2014}.check)
	}
	t.Run("2021", header{
		"Příjemce;Dodavatel;Název operace;Účel operace a její očekávané nebo skutečné výsledky;Datum zahájení operace;Očekávané nebo skutečné datum dokončení operace;Celkové náklady na operaci;Dotčený fond;Dotčený specifický cíl;Míra spolufinancování ze strany Unie;Ukazatel polohy operace;Druh intervence",
		"beneficiary_name - project_name project_description starting_date completion_date total_amount fund_acronym theme_name eu_cofinancing_rate beneficiary_city priority_label"}.check)
}

func TestTheLastPaymentIsNotTheEnd(t *testing.T) {
	header{"Název projektu;Příjemce;Datum schválení;Datum závěrečné platby",
		"project_name beneficiary_name approval_date final_payment_date"}.check(t)
}

func TestATotalIsOfWhatIsEligibleInAPrescribedListOnly(t *testing.T) {
	header{"Begünstigter;Vorhaben;Gesamtbetrag;Interventionskategorie",
		"beneficiary_name project_name total_amount_eligible priority_label"}.check(t)
	header{"Begünstigter;Vorhaben;Gesamtbetrag;EU-Mittel;Interventionskategorie",
		"beneficiary_name project_name total_amount eu_cofinancing_amount priority_label"}.check(t)
	header{"Begünstigter;Vorhaben;Gesamtkosten;Interventionskategorie",
		"beneficiary_name project_name total_amount priority_label"}.check(t)
	header{"Begünstigter;Vorhaben;Gesamtbetrag",
		"beneficiary_name project_name total_amount"}.check(t)
}

// Words that offices of neighbouring states put above columns.
func TestHeadersOfNeighboursListsAreUnderstood(t *testing.T) {
	for name, h := range map[string]header{
		"de Land": {
			"Antragsteller;Projektname;Kurzbeschreibung;Projektbeginn;Projektende;Förderprogramm;Fördersumme;Gesamtkosten;PLZ;Ort;Landkreis;Bundesland",
			"beneficiary_name project_name project_description starting_date completion_date operational_programme grant_amount total_amount beneficiary_postal_code beneficiary_city beneficiary_county beneficiary_nuts_region"},
		"de EU": {
			"Lfd. Nr.;Projektträger;Vorhabenbezeichnung;Bewilligungsdatum;Laufzeit von;Laufzeit bis;Gesamtausgaben;EFRE-Mittel;Landesmittel;Private Mittel;Fördersatz in %;Investitionsort;Prioritätsachse;Spezifisches Ziel",
			"- beneficiary_name project_name approval_date starting_date completion_date total_amount eu_cofinancing_amount member_state_amount third_party_amount eu_cofinancing_rate beneficiary_city priority_label theme_name"},
		"de 2007": {
			"Name des Begünstigten;Bezeichnung des Vorhabens;Jahr der Bewilligung;Jahr der Restzahlung;Gewährte Beträge;Bei Abschluss des Vorhabens gezahlte Gesamtbeträge",
			"beneficiary_name project_name approval_date final_payment_date total_amount_eligible total_amount"},
		"de Verein": {
			"Organisation;Titel des Projekts;Beschreibung;Zielgruppe;Handlungsfeld;Projektlaufzeit;Ansprechpartner;E-Mail;Homepage;Bewilligte Zuwendung",
			"beneficiary_name project_name project_description target_group - - beneficiary_person beneficiary_email beneficiary_url grant_amount"},
		"sk": {
			"Názov žiadateľa;IČO;Názov projektu;Kód projektu;Kód výzvy;Operačný program;Prioritná os;Začiatok realizácie;Ukončenie realizácie;Celkové oprávnené výdavky;Výška NFP;Zdroj EÚ;Štátny rozpočet;Vlastné zdroje;Kraj;Okres;Obec;Stav projektu",
			"beneficiary_name beneficiary_ico project_name project_id call_number operational_programme priority_label starting_date completion_date total_amount_eligible grant_amount eu_cofinancing_amount member_state_amount third_party_amount beneficiary_nuts_region beneficiary_county beneficiary_city project_status"},
		"sk grants": {
			"P. č.;Prijímateľ dotácie;Sídlo;Názov projektu;Účel dotácie;Požadovaná suma;Schválená suma;Dátum podpisu zmluvy;Číslo zmluvy",
			"- beneficiary_name beneficiary_address project_name project_description requested_amount grant_amount - -"},
		"pl": {
			"Tytuł projektu;Skrócony opis projektu;Numer umowy;Nazwa beneficjenta;Program operacyjny;Oś priorytetowa;Działanie;Wartość projektu;Wydatki kwalifikowalne;Wartość unijnego dofinansowania;Poziom unijnego dofinansowania w procentach;Forma finansowania;Miejsce realizacji projektu;Data rozpoczęcia realizacji;Data zakończenia realizacji",
			"project_name project_description project_id beneficiary_name operational_programme priority_label - total_amount total_amount_eligible eu_cofinancing_amount eu_cofinancing_rate - beneficiary_city starting_date completion_date"},
		"pl grants": {
			"L.p.;Nazwa wnioskodawcy;NIP;Adres siedziby;Gmina;Powiat;Województwo;Tytuł zadania;Kwota wnioskowana;Kwota przyznanej dotacji;Rok",
			"- beneficiary_name beneficiary_ico beneficiary_address beneficiary_city beneficiary_county beneficiary_nuts_region project_name requested_amount grant_amount starting_date"},
		"en": {
			"Project title;Lead organisation;Project summary;Start;End;Total project cost;EU contribution;National contribution;Priority axis;Postcode;Region;Website",
			"project_name beneficiary_name project_description starting_date completion_date total_amount eu_cofinancing_amount member_state_amount priority_label beneficiary_postal_code beneficiary_nuts_region beneficiary_url"},
		"en grants": {
			"Grant reference;Organisation name;Company number;Purpose of grant;Amount applied for;Grant awarded;Date awarded;Fund;Local authority",
			"project_id beneficiary_name beneficiary_ico project_description requested_amount grant_amount approval_date fund_acronym beneficiary_county"},
		"ro": {
			"Nr. crt.;Titlu proiect;Cod SMIS;Nume beneficiar;Rezumat proiect;Data de începere;Data de finalizare;Rata de cofinanțare UE;Regiune;Județ;Localitate;Categorie de intervenție;Valoarea totală a proiectului;Cheltuieli eligibile;Contribuție UE;Buget național;Contribuție proprie a beneficiarului;Stadiu proiect",
			"- project_name project_id beneficiary_name project_description starting_date completion_date eu_cofinancing_rate beneficiary_nuts_region beneficiary_county beneficiary_city priority_label total_amount total_amount_eligible eu_cofinancing_amount member_state_amount third_party_amount project_status"},
		"it": {
			"Titolo progetto;Beneficiario;Codice fiscale;CUP;Sintesi;Data inizio;Data fine;Costo totale ammissibile;Contributo UE;Contributo pubblico;Quota privata;Comune;Provincia;Regione;Asse;Obiettivo specifico;Anno di concessione;Stato",
			"project_name beneficiary_name beneficiary_ico project_id project_description starting_date completion_date total_amount_eligible eu_cofinancing_amount - third_party_amount beneficiary_city beneficiary_county beneficiary_nuts_region priority_label theme_name approval_date project_status"},
		"it 2007": {
			"Nome del beneficiario;Denominazione dell'operazione;Anno di assegnazione;Importo del finanziamento pubblico assegnato;Importo totale erogato",
			"beneficiary_name project_name approval_date total_amount_eligible total_amount"},
		"fr 2007": {
			"Bénéficiaire;Intitulé de l'opération;Année d'attribution;Montant du financement public alloué;Montant total payé;Année du paiement final",
			"beneficiary_name project_name approval_date total_amount_eligible total_amount final_payment_date"},
		"fr": {
			"Porteur de projet;Intitulé du projet;Résumé;Date de début;Date de fin;Coût total éligible;Montant UE programmé;Taux de cofinancement;Code postal;Commune;Département;Région;Axe prioritaire",
			"beneficiary_name project_name project_description starting_date completion_date total_amount_eligible eu_cofinancing_amount eu_cofinancing_rate beneficiary_postal_code beneficiary_city beneficiary_county beneficiary_nuts_region priority_label"},
		"fi": {
			"Hankkeen nimi;Hakijan nimi;Hankkeen kuvaus;Alkamispäivämäärä;Päättymispäivämäärä;Myönnetty EU- ja valtion rahoitus;Toteutunut EU- ja valtion rahoitus;Sijaintikunta;Maakunta;Toimintalinja;Hankekoodi",
			"project_name beneficiary_name project_description starting_date completion_date total_amount_eligible total_amount beneficiary_city beneficiary_county priority_label project_id"},
		"es": {
			"Beneficiario;Nombre de la operación;Año de la concesión;Año del pago final;Montante concedido;Montante total pagado;Comunidad Autónoma;Provincia",
			"beneficiary_name project_name approval_date final_payment_date total_amount_eligible total_amount beneficiary_nuts_region beneficiary_county"},
		"en Commission": {
			"Project number;Acronym;Coordinator;Participants;Call identifier;Project start date;Project end date;EU grant;Total cost;Status",
			"project_id - beneficiary_name partner_name call_number starting_date completion_date eu_cofinancing_amount total_amount project_status"},
	} {
		t.Run(name, h.check)
	}
}

func TestABareNameIsThatOfAnOrganisationWhereItsValuesAre(t *testing.T) {
	const rows = "\nSpolek Pomoc, z. s.;26522772;Jazykové kurzy;50000\nMěsto Žďár nad Sázavou;00295841;Klub;20000\nCharita Brno;44990260;Poradna;30000\n"
	for head, want := range map[string]string{
		"Název;IČO;Název projektu;Výše dotace": "beneficiary_name beneficiary_ico project_name grant_amount",
		"xx;IČO;Projekt;Dotace":                "beneficiary_name beneficiary_ico project_name grant_amount",
		"Název projektu;IČO;Popis;Dotace":      "project_name beneficiary_ico project_description grant_amount",
	} {
		if got := proposed(t, head+rows); got != want {
			t.Errorf("%s: %s, want %s", head, got, want)
		}
	}
}

func TestACountryAndARegionOfTheSameNameAreToldApartByValues(t *testing.T) {
	for values, want := range map[string]string{
		"Polska;Polska;Niemcy": "beneficiary_country", "Jihomoravský kraj;Zlínský kraj;Vysočina": "beneficiary_nuts_region",
	} {
		rows := "Název projektu;Kraj"
		for _, v := range strings.Split(values, ";") {
			rows += "\nKurz;" + v
		}
		if got := Propose(table(t, rows)).Columns[1]; string(got.Target) != want {
			t.Errorf("%s: %+v", values, got)
		}
	}
}

func TestATimeOfAProjectIsReadFromSpansSingleYearsAndOpenEnds(t *testing.T) {
	_, got := mapped(t, "kurzy.csv", []byte("Název projektu;Příjemce;Doba realizace\nA;Spolek;2019–2021\nB;Spolek;2018\nC;Spolek;od září 2024\nD;Spolek;březen 2020\nE;Spolek;průběžně"))
	want := []string{"2019 2021 false", "2018 2018 false", "2024-09  true", "2020-03 2020-03 false", "  false"}
	for i, draft := range got {
		p := draft.Project
		if got := fmt.Sprint(p.From, " ", p.To, " ", p.Ongoing); got != want[i] {
			t.Errorf("row %d runs %q, wanted %q", i, got, want[i])
		}
	}
}

func TestASpanOfDatesInOneColumnIsTheStart(t *testing.T) {
	for values, want := range map[string]string{
		"1. 9. 2017 – 31. 8. 2020;od 9/2017 do 8/2020;2019-2020": "starting_date",
		"2019–2021;2018;od září 2024;březen 2020":                "starting_date",
		"24 měsíců;36;12": "",
	} {
		rows := "Název projektu;Příjemce;Doba realizace"
		for _, v := range strings.Split(values, ";") {
			rows += "\nKurz;Spolek;" + v
		}
		if got := Propose(table(t, rows)).Columns[2]; string(got.Target) != want {
			t.Errorf("%s: %+v", values, got)
		}
	}
	for text, want := range map[string]string{
		"1. 9. 2017 – 31. 8. 2020": "2017-09-01 2020-08-31", "od 9/2017 do 8/2020": "2017-09 2020-08", "září 2017 až srpen 2020": "2017-09 2020-08",
		"2014/2015": "2014 2015", "31. 8. 2020 – 1. 9. 2017": "", "1. 9. 2017": "", "do 31. 8. 2020": "", "2017-09-01": "",
	} {
		from, to, ok := ReadSpanAs(text, "")
		if got := strings.TrimSpace(from.String() + " " + to.String()); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v", text, got, ok)
		}
	}
}
