package athanor.contracts.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionTest {

    @Test
    void severalAreReadAndWrittenAlike() {
        List<Region> regions = Region.parse("head 0.4 0.1 0.2 0.25\n\nSubject, 0, 0, 1, 0.5");

        assertThat(regions)
                .containsExactly(
                        new Region(Region.Kind.HEAD, 0.4, 0.1, 0.2, 0.25),
                        new Region(Region.Kind.SUBJECT, 0, 0, 1, 0.5));
        assertThat(Region.parse(regions.get(0).text() + ";" + regions.get(1).text()))
                .isEqualTo(regions);
        assertThat(Region.parse("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "foot 0 0 1 1; a region is written 'head 0.41 0.10 0.18 0.22'",
                "head 0 0 1; a region is written 'head 0.41 0.10 0.18 0.22'",
                "head a b c d; a region is written 'head 0.41 0.10 0.18 0.22'",
                "head 120 80 40 40; x of a region",
                "head 0 0 NaN 1; width of a region is NaN, wanted more than 0",
                "head -0.5 0 0.2 1; is nowhere in the picture"
            })
    void whatIsNoRegionIsToldWithASentence(String text, String sentence) {
        assertThatThrownBy(() -> Region.parse(text)).hasMessageContaining(sentence);
    }
}
