package importer

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnObjectOnEachLineIsARecord(t *testing.T) {
	lines := "{\"id\": \"a\", \"title\": \"Škola\", \"tags\": [\"x\", \"y\"]}\n\n{\"id\": \"b\", \"org\": {\"name\": \"Obec\"}}\r\n"
	for name, data := range map[string][]byte{"lines": []byte(lines), "packed": packed(t, []byte(lines)), "with a mark": []byte("\ufeff" + lines)} {
		got, err := ReadBytes("granty.jsonl", data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff([]string{"id", "title", "tags", "tags.2", "org.name"}, got.Header); diff != "" || got.Format != FormatJSON {
			t.Errorf("%s: %s %s", name, got.Format, diff)
		}
		if diff := cmp.Diff([]Row{{1, []string{"a", "Škola", "x", "y"}}, {2, []string{"b", "", "", "", "Obec"}}}, rowsOf(got)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestLinesOfJSONThatBreakOffOrAreNoRecordsAreRefused(t *testing.T) {
	good := `{"id": "a", "title": "Škola"}` + "\n" + `{"id": "b", "title": "Dům"}` + "\n"
	for name, text := range map[string]string{
		"cut":         good + `{"id": "c", "ti`,
		"no records":  good + "5\n",
		"a list then": good + `[{"id": "c"}]`,
		"two words":   good + "konec souboru\n",
	} {
		var refused *FileError
		if _, err := ReadBytes("a.jsonl", []byte(text)); !errors.As(err, &refused) || refused.Key != ErrorBroken {
			t.Errorf("%s: %v", name, err)
		}
	}
	whole := strings.ReplaceAll(`{"grants": [{"id": "a", "title": "Škola"}]}`, " ", "\n")
	if table, err := ReadBytes("a.json", []byte(whole)); err != nil || table.Len() != 1 {
		t.Errorf("one object over several lines is taken for several: %v", err)
	}
}
