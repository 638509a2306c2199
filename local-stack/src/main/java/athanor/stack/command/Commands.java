package athanor.stack.command;

import athanor.stack.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands; those that speak get the terminal. */
final class Commands implements IFactory {

    private final Terminal terminal;

    Commands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        try {
            return type.cast(type.getDeclaredConstructor(Terminal.class).newInstance(terminal));
        } catch (NoSuchMethodException speechless) {
            return CommandLine.defaultFactory().create(type);
        }
    }
}
