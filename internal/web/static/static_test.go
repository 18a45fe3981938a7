package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/reference"
)

func files(t *testing.T) *Files {
	t.Helper()
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func ask(f *Files, method, address string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://localhost/", nil)
	r.URL.Path = address
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	return w
}

func TestEveryNameOfTheManifestIsServedAndKeptForAYear(t *testing.T) {
	f := files(t)
	for _, name := range []string{"atlas.css", "atlas.js", "favicon.svg", "LICENSES.txt", "roboto-regular-latin.woff2"} {
		if _, ok := f.names[name]; !ok {
			t.Errorf("%s was not built", name)
		}
	}
	for name := range f.names {
		w := ask(f, http.MethodGet, f.URL(name))
		if w.Code != http.StatusOK || w.Body.Len() == 0 {
			t.Errorf("%s: status %d, %d bytes", name, w.Code, w.Body.Len())
		}
		if got := w.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("%s: Cache-Control %q", name, got)
		}
	}
}

func TestEveryBuiltFileIsInTheManifest(t *testing.T) {
	f := files(t)
	entries, err := fs.ReadDir(dist, "dist")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		_, served := f.files[e.Name()]
		if !served && e.Name() != "manifest.json" && e.Name() != "kraje.json" {
			t.Errorf("%s is embedded and nothing leads to it", e.Name())
		}
	}
}

func TestStylesGoOutCompressedToThoseWhoTakeIt(t *testing.T) {
	f := files(t)
	plain := ask(f, http.MethodGet, f.URL("atlas.css"))
	for accept, want := range map[string]string{"gzip, br": "gzip", "br;q=1, GZIP;q=0.5": "gzip", "gzip;q=0": "", "": "", "br": ""} {
		w := ask(f, http.MethodGet, f.URL("atlas.css"), "Accept-Encoding", accept)
		if got := w.Header().Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q: Content-Encoding %q, want %q", accept, got, want)
		}
		if w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: Vary %q", accept, w.Header().Get("Vary"))
		}
		body := io.Reader(w.Body)
		if want == "gzip" {
			z, err := gzip.NewReader(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			body = z
		}
		got, err := io.ReadAll(body)
		if err != nil || !bytes.Equal(got, plain.Body.Bytes()) {
			t.Errorf("Accept-Encoding %q: another body (%v)", accept, err)
		}
	}
	if w := ask(f, http.MethodGet, f.URL("roboto-bold-latin.woff2"), "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" {
		t.Error("a font is compressed twice")
	}
}

func TestHeadTellsTheSameWithoutABody(t *testing.T) {
	f := files(t)
	get, head := ask(f, http.MethodGet, f.URL("atlas.js")), ask(f, http.MethodHead, f.URL("atlas.js"))
	if head.Code != http.StatusOK || head.Body.Len() != 0 {
		t.Errorf("HEAD: status %d, %d bytes", head.Code, head.Body.Len())
	}
	if head.Header().Get("Content-Length") != get.Header().Get("Content-Length") {
		t.Errorf("HEAD: %v, GET: %v", head.Header(), get.Header())
	}
	if w := ask(f, http.MethodPost, f.URL("atlas.js")); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: status %d", w.Code)
	}
}

func TestOtherAddressesAreNotFound(t *testing.T) {
	f := files(t)
	for _, address := range []string{
		"/static/", "/static", "/static/atlas.css", "/static/manifest.json", "/static/kraje.json", "/static/../static.go",
		"/static/dist/" + f.names["atlas.css"], "/static//" + f.names["atlas.css"], "/static/../../../etc/passwd", f.URL("none.css"),
	} {
		if w := ask(f, http.MethodGet, address); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", address, w.Code)
		}
	}
}

func TestTypesAreSaidExactly(t *testing.T) {
	f := files(t)
	for name, want := range map[string]string{
		"atlas.css": "text/css; charset=utf-8", "atlas.js": "text/javascript; charset=utf-8",
		"favicon.svg": "image/svg+xml", "roboto-regular-latin.woff2": "font/woff2",
	} {
		if got := ask(f, http.MethodGet, f.URL(name)).Header().Get("Content-Type"); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestStylesLoadOnlyFilesThatAreServed(t *testing.T) {
	f := files(t)
	css := string(f.files[f.names["atlas.css"]].plain)
	for _, part := range strings.Split(css, "url(")[1:] {
		name, _, _ := strings.Cut(part, ")")
		name = strings.Trim(name, `"'`)
		if strings.HasPrefix(name, "data:") {
			continue
		}
		if _, ok := f.files[name]; !ok {
			t.Errorf("atlas.css wants %s", name)
		}
	}
}

func TestThereIsOneOutlineForEveryKraj(t *testing.T) {
	outlines, err := files(t).Outlines()
	if err != nil {
		t.Fatal(err)
	}
	kraje := map[string]atlas.Territory{}
	for _, k := range reference.Territories() {
		if k.Level == atlas.LevelRegion {
			kraje[k.Code] = k
		}
	}
	if len(outlines) != len(kraje) {
		t.Errorf("%d outlines for %d kraje", len(outlines), len(kraje))
	}
	for _, o := range outlines {
		k, ok := kraje[o.Code]
		if !ok {
			t.Errorf("%s is no kraj", o.Code)
			continue
		}
		delete(kraje, o.Code)
		if !within(o.Rings, k.Lon, k.Lat) && !near(o.Rings, k.Lon, k.Lat) {
			t.Errorf("the middle of %s lies outside its outline", k.Name)
		}
	}
}

// within is the even-odd rule.
func within(rings [][][2]float64, lon, lat float64) bool {
	in := false
	for _, ring := range rings {
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			if (a[1] > lat) != (b[1] > lat) && lon < a[0]+(lat-a[1])/(b[1]-a[1])*(b[0]-a[0]) {
				in = !in
			}
		}
	}
	return in
}

// near says whether a corner lies within a twentieth of a degree, some 4 km: the
// middle of Středočeský kraj stands just behind the border of Prague.
func near(rings [][][2]float64, lon, lat float64) bool {
	for _, ring := range rings {
		for _, p := range ring {
			if math.Hypot(p[0]-lon, p[1]-lat) < 0.05 {
				return true
			}
		}
	}
	return false
}
