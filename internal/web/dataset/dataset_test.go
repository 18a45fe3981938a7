package dataset_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"atlas/internal/export"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
)

func request() (*page.Request, *httptest.ResponseRecorder) {
	w := httptest.NewRecorder()
	return &page.Request{
		W: w, Request: httptest.NewRequest(http.MethodGet, "/export/cisla.csv", nil),
		Site: &page.Site{Log: slog.New(slog.NewTextHandler(io.Discard, nil))},
	}, w
}

// numbers gives n ids and reads them, counting how often.
func numbers(n int, reads *int) ([]string, func(context.Context, []string) ([]string, error)) {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = strconv.Itoa(i)
	}
	return ids, func(_ context.Context, some []string) ([]string, error) {
		*reads++
		return some, nil
	}
}

func TestRecordsAreReadAChunkAtATimeAndNoFurtherThanAsked(t *testing.T) {
	q, _ := request()
	reads := 0
	ids, read := numbers(450, &reads)
	var got []string
	for id := range dataset.Read(q, ids, read) {
		got = append(got, id)
	}
	if !slices.Equal(got, ids) || reads != 3 {
		t.Errorf("%d records in %d reads", len(got), reads)
	}
	reads = 0
	for range dataset.Read(q, ids, read) {
		break
	}
	if reads != 1 {
		t.Errorf("%d reads for the first record", reads)
	}
}

// columns are the number itself and one that nobody knows.
func columns() dataset.Columns[string] {
	var c dataset.Columns[string]
	c.Add("n", "Číslo", dataset.Same)
	c.Add("unknown", "Neznámé", func(string) string { return "" })
	return c
}

// night is a time at which it is already the next day in Prague.
var night = time.Date(2026, 11, 21, 23, 30, 0, 0, time.UTC)

func TestAFileIsNamedByTheDayInPrague(t *testing.T) {
	q, w := request()
	csv, _ := export.ByName("csv")
	reads := 0
	ids, read := numbers(2, &reads)
	if err := dataset.Send(q, dataset.File{Name: "cisla", Now: night}, csv, columns(), dataset.Read(q, ids, read)); err != nil {
		t.Fatal(err)
	}
	if got := w.Header().Get("Content-Disposition"); got != "attachment; filename=cisla-2026-11-22.csv" {
		t.Error(got)
	}
	if got := w.Body.String(); got != "\ufeffČíslo;Neznámé\r\n0;\r\n1;\r\n" {
		t.Errorf("%q", got)
	}
}

func TestADownloadThatBrokeDoesNotLookWhole(t *testing.T) {
	broken := errors.New("disk")
	for _, f := range export.Formats {
		func() {
			defer func() {
				if got := recover(); got != http.ErrAbortHandler {
					t.Errorf("%s: recovered %v", f.Name, got)
				}
			}()
			q, _ := request()
			records := dataset.Read(q, []string{"1"}, func(context.Context, []string) ([]string, error) { return nil, broken })
			t.Error(f.Name, dataset.Send(q, dataset.File{Name: "cisla", Now: night}, f, columns(), records))
		}()
	}
}

func TestValuesOfOneCellLeaveOutWhatIsNotKnown(t *testing.T) {
	if got := dataset.Many([]string{"a", "", "b"}, dataset.Same); got != "a | b" {
		t.Error(got)
	}
	if got := dataset.Pairs("", "Plzeň", "role", "", "částka", "100"); got != "Plzeň, částka: 100" {
		t.Error(got)
	}
}

func TestLinksLeadToEveryFormatUnderTheSameQuery(t *testing.T) {
	links := dataset.Links("en", dataset.Actors, "q=a%26b")
	if len(links) != len(export.Formats) {
		t.Fatalf("%v", links)
	}
	for i, f := range export.Formats {
		if want := "/en/export/akteri." + f.Name + "?q=a%26b"; links[i].URL != want || links[i].Text != strings.ToUpper(f.Name) {
			t.Errorf("%+v, want %s", links[i], want)
		}
	}
}
