package publish

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCanonicalJSON(t *testing.T) {
	type inner struct {
		Z int    `json:"z"`
		A string `json:"a"`
	}
	got, err := CanonicalJSON(map[string]any{
		"b": []inner{{1, "<5 & more>"}}, "a": json.Number("0.0175"), "c": int64(1) << 62, "empty": []string{},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{
  "a": 0.0175,
  "b": [
    {
      "a": "<5 & more>",
      "z": 1
    }
  ],
  "c": 4611686018427387904,
  "empty": []
}
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}
