package job

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

type made struct{ plan, batch string }

func TestAStepIsDoneOnceHoweverManyPressTheButton(t *testing.T) {
	d := NewDesk[made](nil)
	get := func() *Job[made] {
		return d.Get("a", "reading", "ready", func(j *Job[made], m *made) error {
			j.Tell(1, 2)
			m.plan = "plan"
			return nil
		})
	}
	if now := get().Wait(t.Context(), "reading", time.Minute); now.Step != "ready" || now.Made.plan != "plan" || now.Total != 0 {
		t.Fatalf("after reading %+v", now)
	}
	var began atomic.Int32
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if get().Then("ready", "applying", "applied", func(m *made) error { m.batch = m.plan + " applied"; return nil }) {
				began.Add(1)
			}
		})
	}
	wg.Wait()
	if now := get().Wait(t.Context(), "applying", time.Minute); began.Load() != 1 || now.Step != "applied" || now.Made != (made{"plan", "plan applied"}) {
		t.Errorf("begun %d times, then %+v", began.Load(), now)
	}
}

func TestWorkThatGoesOnIsTellingHowFarItIsAndWaitedForOnlySoLong(t *testing.T) {
	d, stop := NewDesk[made](nil), make(chan struct{})
	j := d.Get("a", "reading", "ready", func(j *Job[made], _ *made) error {
		j.Tell(1, 4)
		<-stop
		return nil
	})
	for j.Look().Total == 0 {
		time.Sleep(time.Millisecond)
	}
	if now := j.Wait(t.Context(), "reading", time.Millisecond); now.Step != "reading" || now.Percent() != 25 {
		t.Errorf("%+v, %d %%", now, now.Percent())
	}
	close(stop)
	if now := j.Wait(t.Context(), "reading", time.Minute); now.Step != "ready" {
		t.Errorf("%+v", now)
	}
}

func TestAnErrorAndAFaultBothEndTheWork(t *testing.T) {
	d, wrong := NewDesk[made](nil), errors.New("wrong")
	if now := d.Get("a", "reading", "ready", func(*Job[made], *made) error { return wrong }).Wait(t.Context(), "reading", time.Minute); now.Step != Failed || !errors.Is(now.Err, wrong) {
		t.Errorf("%+v", now)
	}
	var fault *Panic
	if now := d.Get("b", "reading", "ready", func(*Job[made], *made) error { panic("fault") }).Wait(t.Context(), "reading", time.Minute); now.Step != Failed || !errors.As(now.Err, &fault) {
		t.Errorf("%+v", now)
	}
}

func TestOldJobsGoAndGiveBackWhatTheyHoldWhileWorkGoesOn(t *testing.T) {
	freed, stop := map[string]bool{}, make(chan struct{})
	d := NewDesk(func(m made) { freed[m.plan] = true })
	defer close(stop)
	d.Get("at work", "reading", "ready", func(*Job[made], *made) error { <-stop; return nil })
	for _, key := range []string{"1", "2", "3", "4", "5", "6"} {
		d.Get(key, "reading", "ready", func(_ *Job[made], m *made) error { m.plan = key; return nil }).Wait(t.Context(), "reading", time.Minute)
	}
	if d.Find("at work") == nil || d.Find("1") != nil || !freed["1"] || d.Find("6") == nil || freed["6"] || len(d.all) > mostKept {
		t.Errorf("kept %d, freed %v", len(d.all), freed)
	}
	d.Forget("6")
	if d.Find("6") != nil || !freed["6"] {
		t.Error("what was forgotten is still held")
	}
}
