package athanor.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

    /** Of "abc", FIPS 180-4. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final ApiKeys KEYS = ApiKeys.of(List.of("anna:" + ABC, " "));

    @Test
    void aKeyOpensForItsTenant() {
        assertThat(KEYS.tenantOf("abc")).contains(new Tenant("anna"));
        assertThat(KEYS.tenantOf("abd")).isEmpty();
        assertThat(KEYS.none()).isFalse();
        assertThat(ApiKeys.of(List.of("")).none()).isTrue();
    }

    @Test
    void whatIsNoKeyIsSaidWithoutRepeatingIt() {
        assertThatThrownBy(() -> ApiKeys.of(List.of("anna:secret")))
                .hasMessageContaining("wants TENANT:HASH")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> ApiKeys.of(List.of("Anna Smith:" + ABC))).hasMessageContaining("no name of a tenant");
    }

    @Test
    void programsBearTheKeyAndBrowsersSendItAsAPassword() {
        assertThat(Credentials.key("Bearer abc")).contains("abc");
        assertThat(Credentials.key("basic YW55Ym9keTphYmM=")).contains("abc");
        assertThat(Credentials.key("Basic %%%")).isEmpty();
        assertThat(Credentials.key("Digest abc")).isEmpty();
        assertThat(Credentials.key(null)).isEmpty();
    }

    @Test
    void withoutKeysAServiceIsHeardOnTheLoopbackAddressAlone() {
        ApiKeys none = ApiKeys.of(List.of());

        assertThat(Door.refusal(none, "127.0.0.1")).isEmpty();
        assertThat(Door.refusal(none, "localhost")).isEmpty();
        assertThat(Door.refusal(none, "0.0.0.0"))
                .get()
                .asString()
                .contains("would listen at 0.0.0.0", "athanor.access.keys");
        assertThat(Door.refusal(KEYS, "0.0.0.0")).isEmpty();
    }

    @Test
    void anOperatorSeesTheRunsOfAllAndATenantItsOwn() {
        assertThat(Tenant.OPERATOR.sees(Optional.empty())).isTrue();
        assertThat(new Tenant("anna").sees(Optional.of("anna"))).isTrue();
        assertThat(new Tenant("anna").sees(Optional.of("bert"))).isFalse();
        assertThat(new Tenant("anna").sees(Optional.empty())).isFalse();
    }
}
