.PHONY: verify quick format

verify: ; ./mvnw verify
quick:  ; ./mvnw verify -Pquick
format: ; ./mvnw -q spotless:apply
