package athanor.stack.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaFlagsTest {

    @Test
    void anOlderJavaWouldNotStartWithThem() {
        assertThat(JavaFlags.of(17)).isEmpty();
        assertThat(JavaFlags.of(21)).isEmpty();
    }

    @Test
    void aNewerOneIsToldThatNativeCodeIsMeant() {
        assertThat(JavaFlags.of(25)).contains("--enable-native-access=ALL-UNNAMED");
    }
}
