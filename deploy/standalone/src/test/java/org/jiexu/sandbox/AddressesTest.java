package org.jiexu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressesTest {

    @Test
    void warnsOfPortsThatBrowsersRefuse() {
        assertThat(new Addresses(6665).browserWarning()).contains("6665, 6666");
        assertThat(new Addresses(10_079).browserWarning()).contains("port 10080 ");
        assertThat(new Addresses(6_000).browserWarning()).contains("port 6000 ");
    }

    @Test
    void saysNothingOfPortsThatBrowsersOpen() {
        assertThat(new Addresses(8080).browserWarning()).isEmpty();
        // Only the database listens at 6566 here: no browser goes there.
        assertThat(new Addresses(6_546).browserWarning()).isEmpty();
    }
}
