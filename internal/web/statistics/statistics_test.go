package statistics_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/web/webtest"
)

const foreigners = `"idhod","hodnota","stapro_kod","pohlavi_cis","pohlavi_kod","stobcan_cis","stobcan_kod","vek_cis","vek_kod","rok","vuzemi_cis","vuzemi_kod","kraj_cis","kraj_kod","vuzemi_txt","kraj_txt","pohlavi_txt","stobcan_txt","vek_txt"
"1","1200","2407","","","","","","","2023","100","3051","","","Karlovarský kraj","","","",""
"2","700","2407","","","","804","","","2023","100","3051","","","Karlovarský kraj","","","Ukrajina",""
"3","1100","2407","","","","","","","2022","100","3051","","","Karlovarský kraj","","","",""
"4","-5","2407","","","","","","","2022","100","3042","","","Plzeňský kraj","","","",""
`

func start(t *testing.T) *webtest.Instance {
	t.Helper()
	i := webtest.EmptyIn(t, t.TempDir())
	i.Viewer = webtest.Editor
	return i
}

// imported uploads a file, looks at the preview and confirms it.
func imported(t *testing.T, i *webtest.Instance, said map[string]string, name, text string) (preview, done webtest.Page) {
	t.Helper()
	preview = i.PostFile(t, "/statistiky/nahrat", said, "soubor", name, []byte(text))
	action, ok := preview.Find(`main form[method="post"]`).First().Attr("action")
	if preview.Status != http.StatusOK || !ok {
		t.Fatalf("%d %s: %s", preview.Status, preview.Path, preview.Words("main"))
	}
	return preview, i.Post(t, action, url.Values{})
}

func wants(t *testing.T, p webtest.Page, all ...string) {
	t.Helper()
	text := strings.ReplaceAll(p.Words("main"), "\u00a0", " ")
	for _, want := range all {
		if !strings.Contains(text, want) {
			t.Errorf("%s does not say %q: %s", p.Path, want, text)
		}
	}
}

func TestAFileOfForeignersIsPreviewedAppliedAndShownWithItsSource(t *testing.T) {
	i := start(t)
	wants(t, i.Get(t, "/statistiky"), "Cizinci podle státního občanství", "CC BY 4.0", "zatím nic")
	wants(t, i.Get(t, "/statistiky/csu-cizinci"), "zatím žádná čísla nejsou", "atlas import statistics")
	preview, done := imported(t, i, map[string]string{"odkud": "https://csu.gov.cz/290038", "kdy": "1. 9. 2026"}, "290038-24data2023.csv", foreigners)
	wants(t, preview, "4 řádků v souboru", "1 odmítnuto", "2 nových údajů", "Počet -5 je záporný", "hodnota → hodnota", "chybí 13 z 14")
	if done.Path != "/statistiky/csu-cizinci" {
		t.Fatalf("%d %s", done.Status, done.Path)
	}
	wants(t, done, "Karlovarský kraj", "1 200", "1 z 14", "bez údaje")
	series := i.Get(t, "/statistiky/csu-cizinci/CZ041")
	wants(t, series, "1 200", "1 100", "D-00001", "290038-24data2023.csv", "1. 9. 2026", "Ukrajina")
	chosen := i.Get(t, "/statistiky/csu-cizinci/CZ041?obcanstvi=UA")
	wants(t, chosen, "700", "K 1 datu není toto číslo známo", "neznámo")
	wants(t, i.Get(t, "/en/statistiky/csu-cizinci/CZ041"), "Ukraine", "obtained")
	csv := i.Get(t, "/statistiky/csu-cizinci/CZ041/data.csv")
	if !strings.Contains(csv.Body, "CZ041;Karlovarský kraj;2023-12-31;UA;;;;700;known;;;;;;1;Český statistický úřad;D-00001;2026-09-01;CC-BY-4.0") {
		t.Errorf("the file: %s", csv.Body)
	}
	if all := i.Get(t, "/statistiky/csu-cizinci/data.csv"); !strings.Contains(all.Body, "CZ041;Karlovarský kraj;kraj;2023-12-31;1200;known") {
		t.Errorf("the file of the data set: %s", all.Body)
	}
	wants(t, i.Get(t, "/import/D-00001"), "Statistiky: csu-cizinci", "záporný")
	i.Viewer = atlas.Viewer{}
	if p := i.Get(t, "/import/D-00001"); strings.Contains(p.Words("main"), "-5") {
		t.Errorf("what stands in a refused row is public: %s", p.Words("main"))
	}
	i.Viewer = webtest.Editor
	wants(t, i.Get(t, "/statistiky/csu-cizinci/CZ032"), "žádné číslo není", "Není to nula")
	again := i.PostFile(t, "/statistiky/nahrat", nil, "soubor", "jinak.csv", []byte(foreigners))
	wants(t, again, "už v databázi je jako dávka D-00001")
}

func TestACorrectedNumberIsShownWithTheOneBefore(t *testing.T) {
	i := start(t)
	imported(t, i, nil, "a.csv", foreigners)
	preview, done := imported(t, i, nil, "b.csv", strings.Replace(foreigners, `"1200"`, `"1250"`, 1))
	wants(t, preview, "1 opravených údajů", "1 200", "1 250")
	wants(t, done, "Čísla, která zdroj opravil", "1 250")
	wants(t, i.Get(t, "/statistiky/csu-cizinci/CZ041?datum=2023-12-31"), "Verze tohoto čísla", "1 200", "Opraveno, verze 2")
}

func TestAFileThatIsNoneComesBackWithTheReasonAndWhatWasTyped(t *testing.T) {
	i := start(t)
	p := i.PostFile(t, "/statistiky/nahrat", map[string]string{"odkud": "https://example.cz/x"}, "soubor", "a.csv", []byte("jablka,hrušky\n1,2\n3,4\n"))
	if value, _ := p.Find(`input[name="odkud"]`).Attr("value"); p.Status != http.StatusUnprocessableEntity || value != "https://example.cz/x" {
		t.Errorf("%d %q", p.Status, value)
	}
	wants(t, p, "jablka", "JSON-stat")
}

func TestOwnDataAreDescribedTypedAndHiddenWhereTheyAreSmall(t *testing.T) {
	i := start(t)
	_, _, _, err := i.App.SaveTerritories(t.Context(), atlas.Operator("test"), []atlas.Territory{
		{Code: "554481", Level: atlas.LevelMunicipality, Name: "Cheb", Region: "CZ041", District: "CZ0411", ORP: "4102"}})
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"whose": {"554481"}, "name_cs": {"Žáci s OMJ"}, "definition_cs": {"Žáci škol města."}, "publisher": {"Město Cheb"},
		"indicator": {"žáci s OMJ"}, "unit": {"žáci"}, "licence": {"CC0"}, "decimals": {"0"}}
	bad := url.Values{}
	for k, v := range form {
		bad[k] = v
	}
	bad["unit"], bad["url"] = []string{""}, []string{"ne"}
	p := i.Post(t, "/statistiky/nova", bad)
	if name, _ := p.Find("#name_cs").Attr("value"); p.Status != http.StatusUnprocessableEntity || name != "Žáci s OMJ" {
		t.Errorf("%d %q", p.Status, name)
	}
	wants(t, p, "Jednotka")
	made := i.Post(t, "/statistiky/nova", form)
	if made.Path != "/statistiky/zaci-s-omj" {
		t.Fatalf("%d %s %s", made.Status, made.Path, made.Words("main"))
	}
	row := func(n string, citizenship, sex, from, to, value string) url.Values {
		return url.Values{"datum." + n: {"30. 9. 2025"}, "uzemi_kod." + n: {"554481"}, "stobcan_kod." + n: {citizenship}, "pohlavi_kod." + n: {sex}, "vek_od." + n: {from}, "vek_do." + n: {to}, "hodnota." + n: {value}}
	}
	typed := url.Values{}
	for _, r := range []url.Values{row("1", "UA", "z", "6", "14", "3"), row("2", "UA", "m", "6", "14", "37"), row("3", "UA", "", "", "", "40"), row("4", "", "", "", "", "mnoho")} {
		for k, v := range r {
			typed[k] = v
		}
	}
	wrong := i.Post(t, "/statistiky/zaci-s-omj/zadat", typed)
	if value, _ := wrong.Find(`[id="hodnota.4"]`).Attr("value"); wrong.Status != http.StatusUnprocessableEntity || value != "mnoho" {
		t.Errorf("%d %q", wrong.Status, value)
	}
	wants(t, wrong, "Řádek 4", "„mnoho“ není číslo")
	typed.Set("hodnota.4", "90")
	if done := i.Post(t, "/statistiky/zaci-s-omj/zadat", typed); done.Path != "/statistiky/zaci-s-omj" {
		t.Fatalf("%d %s", done.Status, done.Words("main"))
	}
	shown := i.Get(t, "/statistiky/zaci-s-omj/554481")
	wants(t, shown, "90", "40", "< 5 *", "nebo je skryté jen proto")
	if strings.Contains(shown.Words("main"), "37") {
		t.Error("the number of which the small one can be computed is shown")
	}
	csv := i.Get(t, "/statistiky/zaci-s-omj/554481/data.csv")
	if strings.Contains(csv.Body, ";3;") || strings.Contains(csv.Body, ";37;") || !strings.Contains(csv.Body, "UA;z;6-14;;<5*;hidden") {
		t.Errorf("the file: %s", csv.Body)
	}
}
