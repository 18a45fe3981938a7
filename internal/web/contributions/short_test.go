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
	page := p.Get(t, "/projekty/novy")
	for _, field := range []string{"goal", "status", "activities.0.code", "target_legal"} {
		if page.Find("#part-short [name='"+field+"']").Length() == 0 || page.Find("#part-short details:not([open]) [name='"+field+"']").Length() != 0 {
			t.Errorf("the short form hides %s or lacks it", field)
		}
	}
	form := with(p.short(t, "", "Klub sousedů Bory", "Spolek Nový soused, IČO 00075370"), "parties.0.actor_new", "NNO",
		"goal", "Sousedé se znají.", "activities.0.code", "A01", "akce", "odeslat")
	made := p.sent(t, p.Post(t, "/projekty/novy", form))
	p.as(t, p.editor)
	judge := p.Get(t, "/redakce/"+made)
	if judge.Status != http.StatusOK || judge.Find(".notice-warning li").Length() != 0 {
		t.Errorf("status %d, still missing: %s", judge.Status, judge.Words(".notice-warning"))
	}
}
