package publish

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFilesListsDigestsAndRows(t *testing.T) {
	s := staged(t, t.TempDir(), "abc")
	path, err := s.Table("every", "every.parquet")
	if err != nil {
		t.Fatal(err)
	}
	if err := WriteTable(path, every, everyRows()); err != nil {
		t.Fatal(err)
	}
	files, err := s.Files()
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 2 || files[0].Path != "baseline/baseline.parquet.txt" || files[1].Path != "every/every.parquet" {
		t.Fatalf("got %+v", files)
	}
	// SHA-256 of "abc", FIPS 180-2, appendix B.1.
	if want := "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; files[0].SHA256 != want || files[0].Size != 3 || files[0].Rows != nil {
		t.Errorf("got %+v", files[0])
	}
	if files[1].Rows == nil || *files[1].Rows != 3 {
		t.Errorf("got %+v", files[1])
	}
}

func TestPublishedFoldersAreClosedToOthers(t *testing.T) {
	output := filepath.Join(t.TempDir(), "out")
	publishText(t, output, "aaaa1")
	stat, err := os.Stat(filepath.Join(output, "run_id=aaaa1"))
	if err != nil {
		t.Fatal(err)
	}
	if stat.Mode().Perm()&0o007 != 0 {
		t.Errorf("mode %v lets others in", stat.Mode())
	}
}
