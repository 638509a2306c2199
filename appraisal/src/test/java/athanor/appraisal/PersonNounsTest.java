package athanor.appraisal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNounsTest {

    @ParameterizedTest
    @ValueSource(strings = {"woman", "Man", "young woman", "old_man", "little-girl", "女孩", " person "})
    void peopleArePersons(String noun) {
        assertThat(PersonNouns.contain(noun)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dog", "shoe", "woman's shoe", "mannequin", "style", "man statue"})
    void thingsAreNot(String noun) {
        assertThat(PersonNouns.contain(noun)).isFalse();
    }
}
