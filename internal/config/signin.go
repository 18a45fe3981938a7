package config

import (
	"net"
	"net/netip"
	"net/url"
	"strings"
)

// checkSignIn refuses settings of signing in that cannot work.
func (c *Config) checkSignIn() error {
	if c.Registration != RegistrationOpen && c.Registration != RegistrationClosed {
		return wrong("config.registration", "value", c.Registration)
	}
	if _, err := c.proxies(); err != nil {
		return err
	}
	if c.OIDCIssuer == "" {
		return nil
	}
	if u, err := url.Parse(c.OIDCIssuer); err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())) {
		return wrong("config.oidc_issuer", "value", c.OIDCIssuer)
	}
	if c.OIDCClientID == "" {
		return wrong("config.oidc_client")
	}
	if c.BaseURL == "" {
		return wrong("config.oidc_base_url")
	}
	return nil
}

func (c *Config) proxies() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, one := range strings.FieldsFunc(c.TrustedProxies, func(r rune) bool { return r == ',' || r == ' ' }) {
		if addr, err := netip.ParseAddr(one); err == nil {
			out = append(out, netip.PrefixFrom(addr, addr.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(one)
		if err != nil {
			return nil, wrong("config.trusted_proxies", "value", one)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// Trusted says whether what a neighbour says of where a request came from is
// believed.
func (c *Config) Trusted(neighbour netip.Addr) bool {
	if neighbour.IsLoopback() {
		return true
	}
	all, _ := c.proxies() // was checked
	for _, p := range all {
		if p.Contains(neighbour) {
			return true
		}
	}
	return false
}

// Address is where the instance is reached, as far as the configuration says:
// links in letters begin with it. Without a public address it is this machine
// under the port that the instance listens on.
func (c *Config) Address() string {
	if c.BaseURL != "" {
		return c.BaseURL
	}
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return "http://localhost"
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && (ip.IsUnspecified() || ip.IsLoopback()) {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
