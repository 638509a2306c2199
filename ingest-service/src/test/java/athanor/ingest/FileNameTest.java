package athanor.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {

    @ParameterizedTest
    @CsvSource({
        "a.jpg, a.jpg",
        "../a.jpg, a.jpg",
        "/home/anna/a.jpg, home/anna/a.jpg",
        "C:\\pictures\\a.jpg, pictures\\a.jpg",
        "größe 一位女子.png, größe 一位女子.png"
    })
    void aReadableNameIsShownAsItIs(String given, String shown) {
        assertThat(FileName.shown(given)).isEqualTo(shown);
    }

    @Test
    void nothingInANameMakesTheRestReadBackwards() {
        assertThat(FileName.shown("\u202egnp.exe")).matches("gnp~[0-9a-f]{12}\\.exe");
    }

    @Test
    void namesThatDifferAreShownDifferently() {
        String agreeing = "a".repeat(240);
        List<String> given = List.of(
                agreeing + "1.png",
                agreeing + "2.png",
                agreeing + "1.jpg",
                "x".repeat(200) + ".png",
                "x".repeat(200) + ".jpg",
                "first/1.png",
                "second/1.png",
                "1.png",
                "1.PNG",
                "\u00e9.png",
                "e\u0301.png",
                "tab\t.png",
                "tab\n.png",
                "tab.png",
                " 1.png",
                "1.png ",
                "half \ud800.png",
                "half \ud801.png",
                "\0",
                "\1",
                "");

        Set<String> shown = given.stream().map(FileName::shown).collect(Collectors.toSet());

        assertThat(shown).hasSameSizeAs(given).allMatch(name -> !name.isBlank() && name.length() <= 200);
    }

    @Test
    void picturesOfOneNameAreNumbered() {
        assertThat(FileName.distinct(List.of("1.png", "1.png", "1 (2).png", "1.png", "notes", "notes")))
                .containsExactly("1.png", "1 (3).png", "1 (2).png", "1 (4).png", "notes", "notes (2)");
    }
}
