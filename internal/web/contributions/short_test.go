package contributions_test

import (
	"net/http"
	"testing"
)

// TestTheShortFormAsksForAllThatPublishingNeeds: whoever fills it in whole is not
// sent back for a field that it does not have (U-13).
func TestTheShortFormAsksForAllThatPublishingNeeds(t *testing.T) {
	p := start(t)
	p.as(t, p.author)
	form := with(p.short(t, "", "Klub sousedů Bory", "Spolek Nový soused, IČO 00075370"), "parties.0.actor_new", "NNO",
		"goal", "Sousedé se znají.", "activities.0.code", "A01", "akce", "odeslat")
	made := p.sent(t, p.Post(t, "/projekty/novy", form))
	p.as(t, p.editor)
	judge := p.Get(t, "/redakce/"+made)
	if judge.Status != http.StatusOK || judge.Find(".notice-warning li").Length() != 0 {
		t.Errorf("status %d, still missing: %s", judge.Status, judge.Words(".notice-warning"))
	}
	page := p.Get(t, "/projekty/novy")
	if page.Find("#part-short [name=goal], #part-short [name=status], #part-short [name='activities.0.code']").Length() != 0 { // the editor has the whole form
		t.Error("an editor gets the short form")
	}
}
