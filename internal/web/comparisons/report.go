package comparisons

import (
	"bytes"
	"html/template"
	"io"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/document"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// reportPage is the report of one evaluation.
type reportPage struct {
	page.Base
	Body           template.HTML
	AsOf           string
	Unpublished    bool
	URLPDF, URLDOC string
	URLEvaluation  string
	URLPeers       string // "" where it is among no others
}

// report answers the report as a page.
func (a *area) report(q *page.Request) error {
	j, err := a.judged(q)
	if err != nil {
		return err
	}
	d := a.compose(q.Lang, j)
	p := &reportPage{
		Base: q.Base(d.Title), Body: template.HTML(document.HTML(d)), AsOf: d.AsOf, //nolint:gosec // every text in it is escaped
		Unpublished: !j.Evaluation.Public(), URLEvaluation: route.Evaluation(q.Lang, j.Evaluation.ID),
	}
	p.URLPDF, p.URLDOC = route.EvaluationReportFiles(q.Lang, j.Evaluation.ID)
	p.Nav, p.NoIndex = route.Evaluations, p.Unpublished
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Evaluations), Text: q.T("comparisons.evaluations")}, {URL: p.URLEvaluation, Text: j.Project.Title(q.Lang)}}
	if !p.Unpublished {
		p.URLPeers = route.PeersOf(q.Lang, j.Evaluation.ID)
	}
	return q.Render(http.StatusOK, "comparisons/report", p)
}

func (a *area) reportPDF(q *page.Request) error {
	return a.reportFile(q, "pdf", "application/pdf", document.WritePDF)
}

func (a *area) reportDOCX(q *page.Request) error {
	return a.reportFile(q, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", document.WriteDOCX)
}

// reportFile answers the report as a file. The same evaluation read with the same
// right is the same bytes on any day.
func (a *area) reportFile(q *page.Request, extension, mediaType string, write func(io.Writer, *document.Document) error) error {
	j, err := a.judged(q)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := write(&body, a.compose(q.Lang, j)); err != nil {
		return err
	}
	return q.Download(mediaType, "hodnoceni-"+j.Evaluation.ID+"."+extension, body.Bytes())
}

// judged reads what the viewer may read of an evaluation that was approved. Before
// that there is nothing to report on, and whoever may not read it learns no more.
func (a *area) judged(q *page.Request) (*app.Judgement, error) {
	j, err := a.app.Judgement(q.Context(), q.Viewer, q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	e := j.Evaluation
	if !j.Open || e.State != atlas.EvaluationApproved && e.State != atlas.EvaluationPublished {
		return nil, atlas.ErrNotFound
	}
	return j, nil
}
