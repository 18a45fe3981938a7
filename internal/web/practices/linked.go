package practices

import (
	"atlas"
	"atlas/internal/web/route"
)

// linkedData describes a card in the words of schema.org, for machines that read
// pages. html/template writes it into the script block as JSON.
func (t teller) linkedData(c *atlas.Practice, origin string) map[string]any {
	url := origin + route.Practice(t.lang, c.ID)
	data := map[string]any{"@context": "https://schema.org", "@type": "Article", "@id": url, "url": url, "headline": c.Title, "identifier": c.ID, "inLanguage": "cs"}
	set := func(key, value string) {
		if value != "" {
			data[key] = value
		}
	}
	put := func(key string, all []any) {
		if len(all) > 0 {
			data[key] = all
		}
	}
	set("abstract", c.Summary)
	if from, to := c.From.String(), c.To.String(); from != "" {
		if to == "" {
			to = ".."
		}
		data["temporalCoverage"] = from + "/" + to
	}
	set("dateModified", c.UpdatedAt.UTC().Format("2006-01-02"))
	var authors, places, about, awards, images, videos []any
	for _, id := range c.Implementers {
		authors = append(authors, map[string]any{"@type": "Organization", "name": t.app.ActorName(id, t.lang), "identifier": id})
	}
	for _, code := range c.Territories {
		places = append(places, map[string]any{"@type": "AdministrativeArea", "name": t.place(code), "identifier": code})
	}
	if c.Abroad() {
		places = append(places, map[string]any{"@type": "Place", "name": t.where(c)})
	}
	for _, code := range c.Areas {
		about = append(about, t.label(atlas.ListArea, code))
	}
	for _, w := range c.Awards {
		awards = append(awards, t.award(w))
	}
	for _, x := range c.Photos {
		image := map[string]any{"@type": "ImageObject", "caption": x.Alt, "creditText": x.Source}
		switch {
		case x.File != "":
			image["contentUrl"] = origin + route.Picture(x.File)
		case route.Outside(x.URL) != "":
			image["contentUrl"] = x.URL
		}
		images = append(images, image)
	}
	for _, v := range c.Videos {
		videos = append(videos, map[string]any{"@type": "VideoObject", "name": v.Title, "url": v.URL})
	}
	put("author", authors)
	put("spatialCoverage", places)
	put("about", about)
	put("award", awards)
	put("image", images)
	put("video", videos)
	return data
}
