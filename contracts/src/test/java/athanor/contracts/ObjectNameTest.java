package athanor.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectNameTest {

    private static final String SHA256 = "0".repeat(64);

    @Test
    void whatEveryStoreHoldsIsAnObject() {
        for (String key : new String[] {"a", "in/女/1.jpg", "a b+c/..d/e..", "x".repeat(1024)}) {
            assertThat(new ObjectRef("my-bucket.1", key, 1, SHA256).key()).isEqualTo(key);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../x y | a | bucket has 3 to 63 of a-z, 0-9, '.' and '-', got '../x y'",
                "ab | a | bucket has 3 to 63",
                "Athanor | a | bucket has 3 to 63",
                "a..b | a | bucket has 3 to 63",
                "athanor | ../../etc/passwd | key has no part '.' or '..', got '../../etc/passwd'",
                "athanor | a/./b | key has no part '.' or '..'",
                "athanor | a/.. | key has no part '.' or '..'",
                "athanor | /a | key has no leading slash, got '/a'",
            })
    void whatNoStoreHoldsIsRefusedWithASentence(String bucket, String key, String sentence) {
        assertThatThrownBy(() -> new ObjectRef(bucket, key, 1, SHA256)).hasMessageStartingWith(sentence);
    }

    @Test
    void keysHaveAnEndAndAreText() {
        assertThatThrownBy(() -> new ObjectRef("athanor", "ä".repeat(513), 1, SHA256))
                .hasMessage("key has 1026 bytes, at most 1024 can be stored");
        assertThatThrownBy(() -> new ObjectRef("athanor", "a\0b", 1, SHA256))
                .hasMessage("key has no control characters");
        assertThatThrownBy(() -> new ObjectRef("athanor", "a\ud800", 1, SHA256))
                .hasMessage("key holds half a character and cannot be stored");
    }
}
