package schemas

import "testing"

// A word is offered where it takes up to two slips of the fingers, or up to a
// quarter of its letters.
func TestNearest(t *testing.T) {
	known := []string{"aco", "acpt", "professional_claim_line", "threads"}
	for _, tt := range []struct{ word, want string }{
		{"acos", "aco"},
		{"apct", "acpt"},     // neighbours that changed places are one slip: a tie would go to aco
		{"ac", "aco"},        // one dropped, and two of acpt
		{"thr", ""},          // four dropped
		{"professional", ""}, // eleven dropped
		{"profesional_claim_lin", "professional_claim_line"},
		{"", ""},
	} {
		if got := Nearest(tt.word, known); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}
