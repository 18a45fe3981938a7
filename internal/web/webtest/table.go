package webtest

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// file takes a data set and checks that it comes as a file with the day.
func (i *Instance) file(t testing.TB, path, mediaType string) string {
	t.Helper()
	res, err := i.client.Get(i.at(t) + path)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	name := res.Header.Get("Content-Disposition")
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), mediaType) ||
		!strings.HasPrefix(name, "attachment; filename=") || !strings.Contains(name, Now.Format("2006-01-02")) {
		t.Fatalf("%s: status %d, %s, %s", path, res.StatusCode, res.Header.Get("Content-Type"), name)
	}
	return string(body)
}

// Table reads a data set in CSV: rows by the labels of columns, with plain
// blanks.
func (i *Instance) Table(t testing.TB, path string) []map[string]string {
	t.Helper()
	head, rows := i.csv(t, path)
	var out []map[string]string
	for _, row := range rows {
		m := map[string]string{}
		for n, label := range head {
			m[strings.ReplaceAll(label, "\u00a0", " ")] = row[n]
		}
		out = append(out, m)
	}
	return out
}

func (i *Instance) csv(t testing.TB, path string) (head []string, rows [][]string) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(i.file(t, path, "text/csv"), "\ufeff")))
	r.Comma = ';'
	all, err := r.ReadAll()
	if err != nil || len(all) == 0 {
		t.Fatalf("%s: %v", path, err)
	}
	return all[0], all[1:]
}

// JSON reads a data set in JSON: what is not known is nil.
func (i *Instance) JSON(t testing.TB, path string) []map[string]*string {
	t.Helper()
	var all []map[string]*string
	if err := json.Unmarshal([]byte(i.file(t, path, "application/json")), &all); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return all
}

// Heads checks that every column of a data set has a head in both languages, and
// no other column the same.
func (i *Instance) Heads(t testing.TB, name string) {
	t.Helper()
	cs, _ := i.csv(t, "/export/"+name+".csv")
	en, _ := i.csv(t, "/en/export/"+name+".csv")
	if len(cs) != len(en) {
		t.Fatalf("%s: %d columns in Czech, %d in English", name, len(cs), len(en))
	}
	for _, head := range [][]string{cs, en} {
		seen := map[string]bool{}
		for _, label := range head {
			if label == "" || seen[label] || rawKey.MatchString(label) || strings.Contains(label, "{") {
				t.Errorf("%s has a column %q", name, label)
			}
			seen[label] = true
		}
	}
	t.Logf("%s: %d columns", name, len(cs))
}
