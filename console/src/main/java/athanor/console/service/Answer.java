package athanor.console.service;

import java.util.Optional;

/**
 * What a service said.
 *
 * @param next path of the next page of a list; empty at its end
 */
public record Answer<T>(T value, Optional<String> next) {}
