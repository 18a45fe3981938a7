package atlas

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// videoFiles are the endings of files that a browser plays.
var videoFiles = []string{".mp4", ".webm", ".ogv", ".m4v", ".mov"}

// VideoAddress says whether an address leads to a video: to a file of one, or to
// one video – not the home page, a channel or a search – of a host that is known.
func VideoAddress(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	if slices.Contains(videoFiles, strings.ToLower(path.Ext(u.Path))) {
		return true
	}
	host := strings.ToLower(u.Hostname())
	for _, front := range []string{"www.", "m.", "player."} {
		host = strings.TrimPrefix(host, front)
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	first, last := parts[0], parts[len(parts)-1]
	switch host {
	case "youtube.com", "youtube-nocookie.com":
		return first == "watch" && u.Query().Get("v") != "" || len(parts) == 2 && slices.Contains([]string{"embed", "live", "shorts"}, first)
	case "youtu.be":
		return len(parts) == 1 && first != ""
	case "vimeo.com":
		return digitsOnly(last)
	case "dailymotion.com":
		return len(parts) == 2 && first == "video"
	case "ceskatelevize.cz":
		return len(parts) >= 2 && (first == "porady" || first == "ivysilani") && strings.ContainsAny(last, "0123456789")
	case "stream.cz", "slideslive.com", "video.idnes.cz", "televizeseznam.cz":
		return strings.ContainsAny(last, "0123456789")
	case "facebook.com":
		return first == "watch" && u.Query().Get("v") != "" || len(parts) >= 3 && parts[1] == "videos"
	case "ec.europa.eu", "audiovisual.ec.europa.eu":
		return strings.Contains(u.Path, "/video")
	}
	// PeerTube has one form of addresses, whoever runs it.
	return len(parts) == 2 && first == "w" && len(last) >= 20 || len(parts) == 3 && first == "videos" && parts[1] == "watch"
}

func digitsOnly(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
