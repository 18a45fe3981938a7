package statistics

import (
	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/job"
)

// Steps of a file on its way in.
const (
	reading  = "reading"
	ready    = "ready"
	applying = "applying"
	applied  = "applied"
)

// made is what the work on a file has made so far.
type made struct {
	Plan  *app.StatisticsPlan
	Batch *atlas.Batch
}

// close removes the temporary file of the plan.
func (m made) close() {
	if m.Plan != nil {
		m.Plan.Close()
	}
}

type (
	work     = job.Job[made]
	standing = job.Standing[made]
)
