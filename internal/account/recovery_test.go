package account

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func recovery(t *testing.T, h *Hasher) (codes, hashes []string) {
	t.Helper()
	codes, hashes, err := h.NewRecovery(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return codes, hashes
}

func TestRecoveryCodesAreTenDifferentAndWithoutSignsThatLookAlike(t *testing.T) {
	codes, hashes := recovery(t, hasher(t, cheap))
	form := regexp.MustCompile(`^[2-9a-hj-km-np-z]{5}-[2-9a-hj-km-np-z]{5}$`)
	slices.Sort(codes)
	if len(slices.Compact(slices.Clone(codes))) != 10 || len(hashes) != 10 {
		t.Errorf("%d codes, %d hashes", len(codes), len(hashes))
	}
	for _, code := range codes {
		if !form.MatchString(code) {
			t.Errorf("code %q", code)
		}
		if strings.Contains(strings.Join(hashes, ""), strings.ReplaceAll(code, "-", "")) {
			t.Errorf("code %q is stored as it is", code)
		}
	}
}

func TestEachRecoveryCodeWorksOnce(t *testing.T) {
	h := hasher(t, cheap)
	codes, hashes := recovery(t, h)
	for _, code := range codes {
		i, err := h.UseRecovery(context.Background(), hashes, code)
		if err != nil || i < 0 {
			t.Fatalf("%q: %d, %v", code, i, err)
		}
		hashes = slices.Delete(hashes, i, i+1)
		if i, err := h.UseRecovery(context.Background(), hashes, code); i != -1 || err != nil {
			t.Errorf("%q passed twice: %d, %v", code, i, err)
		}
	}
	if len(hashes) != 0 {
		t.Errorf("%d codes left", len(hashes))
	}
}

func TestARecoveryCodeMayBeTypedInAnyWay(t *testing.T) {
	h := hasher(t, cheap)
	codes, hashes := recovery(t, h)
	mine, plain := codes[3], strings.ReplaceAll(codes[3], "-", "")
	for _, typed := range []string{mine, plain, strings.ToUpper(mine), " " + mine + "\r\n", strings.Join(strings.Split(plain, ""), " "), strings.ReplaceAll(mine, "-", "–")} {
		if i, err := h.UseRecovery(context.Background(), hashes, typed); i != 3 || err != nil {
			t.Errorf("%q: %d, %v", typed, i, err)
		}
	}
	other, _ := recovery(t, h)
	for _, typed := range []string{"", plain[:9], plain + "a", "0" + plain[1:], other[0], strings.Repeat(" ", 1000) + plain} {
		if i, err := h.UseRecovery(context.Background(), hashes, typed); i != -1 || err != nil {
			t.Errorf("%q: %d, %v", typed, i, err)
		}
	}
}

func TestCodesOfSeveralSetsAreFoundAmongEachOther(t *testing.T) {
	h := hasher(t, cheap)
	first, a := recovery(t, h)
	second, b := recovery(t, h)
	third, c := recovery(t, hasher(t, Cost{Memory: 128, Time: 1, Lanes: 1}))
	all := slices.Concat(a, b, c)
	for want, code := range slices.Concat(first, second, third) {
		if i, err := h.UseRecovery(context.Background(), all, code); i != want || err != nil {
			t.Errorf("code %d: %d, %v", want, i, err)
		}
	}
	if _, err := h.UseRecovery(context.Background(), []string{"broken"}, first[0]); err == nil {
		t.Error("a broken row is no error")
	}
}

func FuzzATypedRecoveryCodeIsOfTheAlphabet(f *testing.F) {
	f.Add("ABCDE-23456")
	f.Add("ﬃﬃﬃ")
	f.Fuzz(func(t *testing.T, typed string) {
		code, ok := TypedRecovery(typed)
		if ok && (len(code) != recoveryLetters || strings.Trim(code, recoveryAlphabet) != "") || !ok && code != "" {
			t.Errorf("%q: %q, %v", typed, code, ok)
		}
	})
}
