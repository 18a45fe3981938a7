package dataset_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
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
func numbers(n int, reads *atomic.Int32) ([]string, func(context.Context, []string) ([]string, error)) {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = strconv.Itoa(i)
	}
	return ids, func(_ context.Context, some []string) ([]string, error) {
		reads.Add(1)
		return some, nil
	}
}

func TestRecordsAreReadChunkByChunkInTheirOrderAndNotMuchFurtherThanAsked(t *testing.T) {
	q, _ := request()
	var reads atomic.Int32
	ids, read := numbers(2600, &reads)
	records := dataset.Read(q, ids, read)
	for range 2 { // it may be drawn again
		reads.Store(0)
		var got []string
		for id := range records {
			got = append(got, id)
		}
		if !slices.Equal(got, ids) || reads.Load() != 6 {
			t.Errorf("%d records in %d reads", len(got), reads.Load())
		}
	}
	reads.Store(0)
	for range records {
		break
	}
	if n := reads.Load(); n > 3 {
		t.Errorf("%d reads for the first record", n)
	}
}

func TestAPanicOfAReaderIsThatOfTheRequest(t *testing.T) {
	q, _ := request()
	defer func() {
		if got := recover(); got == nil || !strings.Contains(fmt.Sprint(got), "broken") {
			t.Errorf("recovered %v", got)
		}
	}()
	for range dataset.Read(q, []string{"1"}, func(context.Context, []string) ([]string, error) { panic("broken") }) {
	}
}

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
	var reads atomic.Int32
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
