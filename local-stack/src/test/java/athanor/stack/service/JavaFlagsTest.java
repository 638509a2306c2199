package athanor.stack.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaFlagsTest {

    @Test
    void anOlderJavaWouldNotStartWithWhatANewerOneWantsToHear() {
        assertThat(JavaFlags.of(17)).noneMatch(flag -> flag.startsWith("--"));
        assertThat(JavaFlags.of(21)).noneMatch(flag -> flag.startsWith("--"));
    }

    @Test
    void aNewerOneIsToldThatNativeCodeIsMeant() {
        assertThat(JavaFlags.of(25)).contains("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void textIsUtf8AndNumbersHavePointsInEveryLocale() {
        assertThat(JavaFlags.of(17)).contains("-Dfile.encoding=UTF-8", "-Duser.language=en");
    }
}
