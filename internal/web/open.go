package web

import (
	"net/http"
	"strings"

	"atlas/internal/web/route"
)

// openMethods is what can be done with data in the open.
var openMethods = []string{http.MethodGet, http.MethodHead, http.MethodOptions}

// open lets pages of other sites read what is published as data. No cookie goes
// with such a request, so it sees what anybody sees.
func open(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		if !route.Open(req.URL.Path) {
			next.ServeHTTP(rw, req)
			return
		}
		h := rw.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Expose-Headers", "ETag, Link, Content-Disposition, X-Request-Id")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		if req.Method != http.MethodOptions {
			next.ServeHTTP(rw, req)
			return
		}
		h.Set("Allow", strings.Join(openMethods, ", "))
		h.Set("Access-Control-Allow-Methods", strings.Join(openMethods, ", "))
		h.Set("Access-Control-Allow-Headers", "Accept, Accept-Language, If-None-Match")
		h.Set("Access-Control-Max-Age", "86400")
		rw.WriteHeader(http.StatusNoContent)
	})
}
