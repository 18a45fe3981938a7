package imports

import (
	"errors"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/job"
)

// Steps of a file on its way in, and of a batch that is taken back.
const (
	reading  = "reading"
	ready    = "ready"
	applying = "applying"
	applied  = "applied"
	looking  = "looking" // what taking it back would do
	seen     = "seen"
	undoing  = "undoing"
	undone   = "undone"
)

// made is what the work on a file or a batch has made so far.
type made struct {
	Plan  *app.ImportPlan
	Batch *atlas.Batch
	Undo  *app.UndoPlan
}

type (
	work     = job.Job[made]
	standing = job.Standing[made]
)

// failure is the error of work that failed; a fault of the program is noted.
func (a *area) failure(now standing) error {
	var fault *job.Panic
	if errors.As(now.Err, &fault) {
		a.site.Log.Error("import panicked", "panic", fault.Value)
	}
	return now.Err
}
