package practices

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/picture"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

const (
	// fieldFile is the file of the form; it stands last, so that all words come before
	// a file that is refused.
	fieldFile = "soubor"
	// mostUpload is how long a body may be for the words before its file to be read. A
	// file over the limit of pictures is refused by the length that it says, before a
	// byte of it is read.
	mostUpload = 1 << 30
	// mostWords is how many bytes the words of the form may have.
	mostWords = 64 << 10
)

// photoPage is the page on which photographs are put to a card.
type photoPage struct {
	page.Base
	form.Sheet
	Card             *atlas.Practice
	Photos           []photo
	URLSave, URLBack string
	URLEdit          string
	Limit            int // megabytes of a picture
	Pixels           int // megapixels
}

// photo is a photograph as a page shows it.
type photo struct {
	Src, Small, Href string // Src and Small are of kept ones
	Alt, Credit      string
	Licence          string
	Width, Height    int
}

// photos answers the form for one more photograph.
func (a *area) photos(q *page.Request) error {
	p, err := a.stored(q)
	if err != nil {
		return err
	}
	return a.showPhotos(q, http.StatusOK, typed.New(nil), p)
}

func (a *area) showPhotos(q *page.Request, status int, f *typed.Form, card *atlas.Practice) error {
	p := &photoPage{
		Base: q.Base(q.T("practices.photos.of", "name", card.Title)), Sheet: a.sheet(q.Lang, f), Card: card, Photos: a.teller(q.Lang).photos(card),
		URLSave: route.PracticePictures(q.Lang, card.ID), URLBack: route.Practice(q.Lang, card.ID), URLEdit: route.PracticeEditing(q.Lang, card.ID),
		Limit: picture.MaxBytes >> 20, Pixels: picture.MaxPixels / 1_000_000,
	}
	p.Nav, p.NoIndex = route.Practices, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Practices), Text: q.T("practices.title")}, {URL: p.URLBack, Text: card.Title}}
	return q.Render(status, "practices/photos", p)
}

// photos are the photographs of a card as pages show them.
func (t teller) photos(p *atlas.Practice) []photo {
	var out []photo
	for _, x := range p.Photos {
		shown := photo{Href: route.Outside(x.URL), Alt: x.Alt, Licence: t.label(atlas.ListLicence, x.Licence), Width: x.Width, Height: x.Height}
		shown.Credit = strings.Join(slices.DeleteFunc([]string{x.Author, x.Source}, func(s string) bool { return s == "" }), ", ")
		if x.File != "" {
			shown.Src, shown.Small = route.Picture(x.File), route.Picture(x.Small)
		}
		out = append(out, shown)
	}
	return out
}

// addPhoto takes a photograph: keeps it anew without what the camera put beside it,
// says what that was, and puts it to the card. What is wrong is said with every word
// kept; a picture that was taken in need not be chosen again.
func (a *area) addPhoto(q *page.Request) error {
	card, err := a.stored(q)
	if err != nil {
		return err
	}
	f, file, err := receive(q)
	if err != nil {
		return err
	}
	var removed []picture.Removed
	if file != nil {
		if removed, err = a.develop(f, file); err != nil {
			return err
		}
	}
	x := photoOf(f, "")
	if len(f.Problems) == 0 && !a.files.Has(x.File) {
		f.Fail(fieldFile, "problem.no_file", nil)
	}
	if len(f.Problems) > 0 {
		return a.showPhotos(q, http.StatusUnprocessableEntity, f, card)
	}
	with := *card
	with.Photos = append(slices.Clip(card.Photos), x)
	err = a.app.SavePractice(q.Context(), q.Viewer, &with)
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		report(f, ofPhoto(invalid.Problems, len(card.Photos)))
		return a.showPhotos(q, http.StatusUnprocessableEntity, f, card)
	}
	if err != nil {
		return err
	}
	q.Flash(page.FlashSuccess, strings.TrimSpace(q.T("practices.photos.added")+" "+said(q, removed)))
	return q.Redirect(route.PracticePictures(q.Lang, card.ID))
}

// ofPhoto moves problems of a photograph of the card to the fields of this form.
func ofPhoto(all []atlas.Problem, i int) []atlas.Problem {
	out := slices.Clone(all)
	for n := range out {
		out[n].Field = strings.TrimPrefix(out[n].Field, form.Row("photos", i))
	}
	return out
}

// said is what was taken out of a picture, in words; "" when nothing was.
func said(q *page.Request, removed []picture.Removed) string {
	var out []string
	for _, r := range removed {
		out = append(out, q.T("practices.photos.removed."+string(r)))
	}
	return strings.Join(out, " ")
}

// receive reads the words of the form and then its file; file is nil where none was
// chosen or it is refused by its length, which the form says.
func receive(q *page.Request) (f *typed.Form, file []byte, err error) {
	parts, err := q.MultipartReader()
	if err != nil {
		return nil, nil, page.ErrBadRequest
	}
	f = typed.New(nil)
	room := int64(mostWords)
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return f, file, nil
		case err != nil:
			return nil, nil, broken(err)
		case part.FormName() == fieldFile && part.FileName() == "":
			continue
		case part.FormName() == fieldFile:
			file, err = take(q, f, part)
			return f, file, err // nothing of ours comes after it
		}
		text, err := io.ReadAll(io.LimitReader(part, room+1))
		if room -= int64(len(text)); err != nil || room < 0 {
			return nil, nil, broken(err)
		}
		f.Values.Add(part.FormName(), strings.ToValidUTF8(string(text), "\uFFFD"))
	}
}

// take reads the file; one that is too long is not read, as far as its length is said,
// and never further than the limit.
func take(q *page.Request, f *typed.Form, part *multipart.Part) ([]byte, error) {
	if q.ContentLength > picture.MaxBytes+2*mostWords {
		return nil, tooLong(f)
	}
	file, err := io.ReadAll(io.LimitReader(part, picture.MaxBytes+1))
	if err != nil {
		return nil, broken(err)
	}
	if len(file) > picture.MaxBytes {
		return nil, tooLong(f)
	}
	return file, nil
}

func tooLong(f *typed.Form) error {
	f.Fail(fieldFile, "problem.picture_bytes", map[string]any{"limit": picture.MaxBytes >> 20})
	return nil
}

// broken says that a form broke off or cannot be read.
func broken(err error) error { return errors.Join(page.ErrBadRequest, err) }

// develop keeps a picture in both widths and writes into the form where; what is no
// picture for us is said there.
func (a *area) develop(f *typed.Form, file []byte) ([]picture.Removed, error) {
	a.developing <- struct{}{}
	defer func() { <-a.developing }()
	p, err := picture.Read(file)
	for wrong, key := range map[error]string{picture.ErrFormat: "format", picture.ErrPixels: "pixels", picture.ErrBroken: "broken", picture.ErrBytes: "bytes"} {
		if errors.Is(err, wrong) {
			f.Fail(fieldFile, "problem.picture_"+key, map[string]any{"limit": picture.MaxBytes >> 20, "pixels": picture.MaxPixels / 1_000_000})
			return nil, nil
		}
	}
	if err != nil {
		return nil, err
	}
	for name, data := range map[string][]byte{"file": p.Large, "small": p.Small} {
		sum, _, err := a.files.Put(bytes.NewReader(data), picture.MaxBytes*4)
		if err != nil {
			return nil, err
		}
		f.Set(name, sum)
	}
	f.Set("width", numeral(p.Width))
	f.Set("height", numeral(p.Height))
	return p.Removed, nil
}

// picture answers a kept picture to who may read a card that has it. Its address says
// its content, so a public one never changes; one that no card has any more is gone.
func (a *area) picture(q *page.Request) error {
	sum, ok := strings.CutSuffix(q.PathValue("soubor"), ".jpg")
	if !ok || sumOf(sum) == "" {
		return atlas.ErrNotFound
	}
	public, may, err := a.shows(q, sum)
	if err != nil {
		return err
	}
	if !may {
		return atlas.ErrNotFound
	}
	file, err := a.files.File(sum)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, os.ErrNotExist) {
		return atlas.ErrNotFound
	}
	if err != nil {
		return err
	}
	defer file.Close()
	h := q.W.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", "inline; filename="+filepath.Base(sum[:12])+".jpg")
	h.Set("Cache-Control", "private, no-store")
	if public {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	_, err = io.Copy(q.W, file)
	return err
}

// shows says whether a card that everybody may read, or that the viewer may, has a
// picture. One that was just taken in and no card has yet is shown to who may write
// cards; nobody else knows its address.
func (a *area) shows(q *page.Request, sum string) (public, may bool, err error) {
	book, err := a.app.Practices(q.Context())
	if err != nil {
		return false, false, err
	}
	known := false
	for _, p := range book.All {
		if !slices.ContainsFunc(p.Photos, func(x atlas.Photo) bool { return x.File == sum || x.Small == sum }) {
			continue
		}
		known = true
		public = public || p.Public()
		may = may || q.May(atlas.RightRead, p.Subject())
	}
	return public, may || !known && q.Viewer.May(atlas.RightPropose), nil
}

// Hidden are the fields that the form carries of a picture that was taken in.
func (photoPage) Hidden() []string { return []string{"file", "small", "width", "height"} }

// Taken is the address of the picture that was taken in already, "" when none was.
func (p photoPage) Taken() string {
	if sum := sumOf(p.Get("small")); sum != "" {
		return route.Picture(sum)
	}
	return ""
}

// File is the field of the file.
func (p photoPage) File() form.Control { return p.Line(fieldFile) }
