package route

// Pages of coverage (pokrytí).
const (
	Coverage      = "/pokryti"
	CoverageEmbed = "/pokryti/vlozit" // the matrix or the map for pages of others
)
