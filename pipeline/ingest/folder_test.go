package ingest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOutputFolder(t *testing.T) {
	source := madeSource.write(t)
	_, out := mustImport(t, source, nil)
	into := func(o *Options) { o.Out = out }
	forced := func(o *Options) { o.Out, o.Force = out, true }
	if _, _, err := importMade(t, source, into); !errors.Is(err, ErrOutputInUse) {
		t.Errorf("a second import: %v, want ErrOutputInUse", err)
	}
	// What a run published inside the folder survives a forced import.
	if err := os.Mkdir(filepath.Join(out, "out"), privateFolder); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(out, "out", "latest.json"), "{}")
	write(t, filepath.Join(out, participantFile), "edited")
	mustImport(t, source, forced)
	if got := readText(t, filepath.Join(out, "out"), "latest.json"); got != "{}" {
		t.Errorf("published run: %q", got)
	}
	if got := readText(t, out, participantFile); got == "edited" {
		t.Error("a forced import kept the earlier import's list")
	}
	entries, _ := os.ReadDir(filepath.Dir(out))
	if len(entries) != 1 {
		t.Errorf("%d entries beside the output, want it alone", len(entries))
	}
}

// Force never replaces what is no import.
func TestForceRefusesAnotherFolder(t *testing.T) {
	out := t.TempDir()
	write(t, filepath.Join(out, "thesis.txt"), "years of work")
	_, _, err := importMade(t, madeSource.write(t), func(o *Options) { o.Out, o.Force = out, true })
	if !errors.Is(err, ErrOutputInUse) {
		t.Errorf("%v, want ErrOutputInUse", err)
	}
	if got := readText(t, out, "thesis.txt"); got != "years of work" {
		t.Errorf("%q", got)
	}
}

func TestEmptyOutputFolderIsTaken(t *testing.T) {
	out := t.TempDir()
	mustImport(t, madeSource.write(t), func(o *Options) { o.Out = out })
	if readText(t, out, runFile) == "" {
		t.Error("no run file")
	}
}

// An archive, or a folder of archives, gives the same bytes as a plain folder.
func TestArchivesGiveTheSameBytes(t *testing.T) {
	folder := madeSource.write(t)
	_, want := mustImport(t, folder, nil)
	zips := t.TempDir()
	for _, name := range []string{summary08, summary09, carrierA, inpatient, outpatnt} {
		zipped(t, filepath.Join(zips, name+".zip"), folder, "a/"+name)
	}
	one := filepath.Join(t.TempDir(), "sample.ZIP")
	zipped(t, one, folder, "../../"+summary08, "/"+summary09, "readme.txt", carrierA, inpatient, outpatnt)
	tarball := filepath.Join(t.TempDir(), "sample.tgz")
	tarred(t, tarball, folder, "./"+summary08, "./"+summary09, "./"+carrierA, "./"+inpatient, "./"+outpatnt)
	for _, source := range []string{zips, one, tarball} {
		_, got := mustImport(t, source, nil)
		for _, name := range ownFiles() {
			if diff := cmp.Diff(readText(t, want, name), readText(t, got, name)); diff != "" {
				t.Errorf("%s from %s differs", name, filepath.Base(source))
			}
		}
	}
}

func member(t *testing.T, folder, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(folder, filepath.Base(name)))
	if os.IsNotExist(err) {
		return []byte("no table")
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func zipped(t *testing.T, path, folder string, names ...string) {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(member(t, folder, name))
	}
	z.Close()
	write(t, path, b.String())
}

func tarred(t *testing.T, path, folder string, names ...string) {
	t.Helper()
	var b bytes.Buffer
	compressed := gzip.NewWriter(&b)
	w := tar.NewWriter(compressed)
	for _, name := range names {
		content := member(t, folder, name)
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: privateFile, Size: int64(len(content))}); err != nil {
			t.Fatal(err)
		}
		w.Write(content)
	}
	w.Close()
	compressed.Close()
	write(t, path, b.String())
}
