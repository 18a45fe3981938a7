package app_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readsSheets is a read of sheets from the store.
var readsSheets = regexp.MustCompile(`(?:Reader\(\)|\br|\btx|Reader)\.(?:Sheet|Sheets|SheetsOf|SheetsBy|EachSheet)\(`)

// What evaluators wrote leaves the store by Judgement, OpenSheets, the sheet of its
// author and their own data only: whoever reads sheets past them could tell of one
// that is sealed.
func TestSheetsAreReadWhereItIsAskedWhetherTheyAreSealed(t *testing.T) {
	allowed := []string{"account_export.go", "record_state.go"}
	found := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "../store/") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil || !readsSheets.Match(text) {
			return err
		}
		found++
		if name := filepath.Base(path); !slices.Contains(allowed, name) && !(strings.HasPrefix(path, "../app/evaluation_")) {
			t.Errorf("%s reads sheets: ask App.OpenSheets, which gives none that is sealed", path)
		}
		return nil
	})
	if err != nil || found < 3 {
		t.Errorf("%d files read sheets, %v", found, err)
	}
}
