package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"atlas"
	"atlas/internal/store"
)

// Texts of pages that the operator may write.
const (
	TextHomeTitle = "home.title"
	TextHomeLead  = "home.lead"
	TextHomeNote  = "home.note" // under the search; nothing as shipped
	TextAboutLead = "about.lead"
	TextContact   = "contact" // nothing as shipped
)

// Texts lists the texts of pages in the order of the administration.
func Texts() []string {
	return []string{TextHomeTitle, TextHomeLead, TextHomeNote, TextAboutLead, TextContact}
}

// longestText is how many letters a text of a page may have.
const longestText = 4000

// loadTexts reads the texts of pages into memory.
func (a *App) loadTexts(ctx context.Context) error {
	all, err := a.Reader().Texts(ctx)
	if err != nil {
		return fmt.Errorf("texts of pages: %w", err)
	}
	byCode := make(map[string]atlas.PageText, len(all))
	for _, t := range all {
		byCode[t.Code] = t
	}
	a.wording.Store(&byCode)
	return nil
}

// Text is a text of a page as the operator wrote it; zero where it is as
// shipped.
func (a *App) Text(code string) atlas.PageText {
	t, ok := (*a.wording.Load())[code]
	if !ok {
		t.Code = code
	}
	return t
}

// SaveText writes a text of a page. t.Version is the version that was read.
func (a *App) SaveText(ctx context.Context, v atlas.Viewer, t atlas.PageText) error {
	if !v.May(atlas.RightLists) {
		return atlas.ErrForbidden
	}
	if !slices.Contains(Texts(), t.Code) {
		return atlas.ErrNotFound
	}
	t.Cs, t.En = tidyText(t.Cs), tidyText(t.En)
	for field, text := range map[string]string{"cs": t.Cs, "en": t.En} {
		if n := utf8.RuneCountInString(text); n > longestText {
			return refusal(field, "problem.text_long", "n", n, "limit", longestText)
		}
	}
	if t.Code == TextHomeTitle && strings.Contains(t.Cs+t.En, "\n") {
		return refusal("cs", "problem.text_line")
	}
	return a.update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightLists, atlas.Subject{}); err != nil {
			return err
		}
		return tx.PutText(ctx, t, a.write(v))
	})
}

// tidyText takes blanks at ends of lines and more than one empty line away.
func tidyText(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	var out []string
	for _, l := range lines {
		l = strings.TrimRight(l, " \t\u00a0")
		if l == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, l)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
