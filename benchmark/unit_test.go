package benchmark

import (
	"fmt"
	"testing"

	"leadline/schemas"
)

// Short ways to write the units in tables of cases.
func pbpm(t testing.TB, text string) schemas.PBPM        { return schemas.NewPBPM(dec(t, text)) }
func annual(t testing.TB, text string) schemas.PerCapita { return schemas.NewPerCapita(dec(t, text)) }
func usd(t testing.TB, text string) schemas.USD          { return schemas.NewUSD(dec(t, text)) }
func ratio(t testing.TB, text string) schemas.Ratio      { return schemas.NewRatio(dec(t, text)) }
func years(t testing.TB, text string) *schemas.PersonYears {
	y := schemas.NewPersonYears(dec(t, text))
	return &y
}

// shows compares a value at eight places.
func shows(t testing.TB, what string, got fmt.Stringer, want string) {
	t.Helper()
	if got.String() != want {
		t.Errorf("%s = %s, want %s", what, got, want)
	}
}

// refused compares an error's text; an empty want is none.
func refused(t testing.TB, err error, want string) bool {
	t.Helper()
	switch {
	case err == nil && want == "":
		return false
	case err == nil || err.Error() != want:
		t.Errorf("error %v, want %q", err, want)
	}
	return true
}

// parameterRatio looks a shipped parameter up.
func parameterRatio(t testing.TB, year int, name string, keys ...string) schemas.Ratio {
	t.Helper()
	value, err := mustParameters(t).Reader(year).Ratio(name, keys...)
	if err != nil {
		t.Fatal(err)
	}
	return value
}
