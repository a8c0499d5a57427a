package secrets

import "github.com/lucasjones/reggen"

// Takes the place of gitleaks' own NewSecret: the same secrets in every run.

var seed int64 = 20260101

func NewSecret(regex string) string {
	generator, err := reggen.NewGenerator(regex)
	if err != nil {
		panic(err)
	}
	seed++
	generator.SetSeed(seed)
	return generator.Generate(1)
}
