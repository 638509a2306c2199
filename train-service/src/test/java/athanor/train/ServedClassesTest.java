package athanor.train;

import static athanor.contracts.run.MemoryClass.CPU;
import static athanor.contracts.run.MemoryClass.G12;
import static athanor.contracts.run.MemoryClass.G16;
import static athanor.contracts.run.MemoryClass.G24;
import static athanor.contracts.run.MemoryClass.G8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ServedClassesTest {

    private static final long GIB = 1L << 30;

    @Test
    void aProcessorServesItsOwnQueueOnly() {
        assertThat(ServedClasses.of("auto", 0)).containsExactly(CPU);
    }

    @Test
    void aCardServesAllThatFitsItsMemoryAsItReportsIt() {
        assertThat(ServedClasses.of("auto", (long) (23.6 * GIB))).containsExactly(CPU, G8, G12, G16, G24);
        assertThat(ServedClasses.of("auto", (long) (7.8 * GIB))).containsExactly(CPU, G8);
    }

    @Test
    void anOperatorMayNameTheQueues() {
        assertThat(ServedClasses.of("cpu, G24", 0)).containsExactly(CPU, G24);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServedClasses.of("cpu,g32", 0))
                .withMessageContaining("'g32' is none of cpu, g8");
    }
}
