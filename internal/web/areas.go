package web

import (
	"fmt"

	"atlas/internal/app"
	"atlas/internal/blob"
	"atlas/internal/web/account"
	"atlas/internal/web/actors"
	"atlas/internal/web/admin"
	"atlas/internal/web/calls"
	"atlas/internal/web/chart"
	"atlas/internal/web/comparisons"
	"atlas/internal/web/contributions"
	"atlas/internal/web/coverage"
	"atlas/internal/web/evaluations"
	"atlas/internal/web/extents"
	"atlas/internal/web/history"
	"atlas/internal/web/home"
	"atlas/internal/web/imports"
	"atlas/internal/web/law"
	"atlas/internal/web/lists"
	"atlas/internal/web/members"
	"atlas/internal/web/needs"
	"atlas/internal/web/opendata"
	"atlas/internal/web/page"
	"atlas/internal/web/practices"
	"atlas/internal/web/projects"
	"atlas/internal/web/protocol"
	"atlas/internal/web/reports"
	"atlas/internal/web/rounds"
	"atlas/internal/web/rubrics"
	"atlas/internal/web/signin"
	"atlas/internal/web/static"
	"atlas/internal/web/statistics"
	"atlas/internal/web/territories"
	"atlas/internal/web/transfers"
	"atlas/internal/web/unitcosts"
	"atlas/internal/web/watching"
)

// areas is the one list of the families of pages.
func areas(site *page.Site, ops *app.App, files *static.Files) ([]page.Area, error) {
	shipped, err := files.Outlines()
	if err != nil {
		return nil, fmt.Errorf("outlines of kraje: %w", err)
	}
	open, err := opendata.New(site, ops)
	if err != nil {
		return nil, fmt.Errorf("open data: %w", err)
	}
	outlines := func() []chart.Outline { return shipped }
	return []page.Area{
		home.New(site, ops, outlines),
		projects.New(site, ops, outlines),
		actors.New(site, ops),
		calls.New(site, ops),
		coverage.New(site, ops, outlines),
		unitcosts.New(site, ops),
		comparisons.New(site, ops),
		reports.New(site, ops),
		needs.New(site, ops),
		rubrics.New(site, ops),
		evaluations.New(site, ops),
		practices.New(site, ops, blob.Open(site.Config.Pictures())),
		rounds.New(site, ops),
		transfers.New(site, ops, outlines),
		extents.New(site, ops),
		history.New(site, ops),
		territories.New(site, ops, outlines),
		imports.New(site, ops, blob.Open(site.Config.Originals())),
		statistics.New(site, ops, blob.Open(site.Config.Originals()), outlines),
		lists.New(site),
		members.New(site, ops),
		admin.New(site, ops),
		contributions.New(site, ops),
		account.New(site, ops),
		signin.New(site, ops),
		law.New(site),
		protocol.New(site, ops),
		watching.New(site, ops),
		open,
	}, nil
}
