using System.Text;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Access;

public sealed class ClientRulesTests
{
    private static readonly PeerId Transmission = IdOf("-TR4050-abcdefghijkl");
    private static readonly PeerId Aria = IdOf("A2-1-36-0-abcdefghij");

    [Fact]
    public void Should_allow_everybody_by_default()
    {
        Assert.True(ClientRules.AllowAll.Allows(Transmission));
        Assert.True(ClientRules.AllowAll.Allows(default));
    }

    [Fact]
    public void Should_allow_only_what_is_allowed_where_something_is()
    {
        var rules = new ClientRules(["-TR", "-qB"], []);

        Assert.True(rules.Allows(Transmission));
        Assert.False(rules.Allows(Aria));
    }

    [Fact]
    public void Should_deny_what_is_denied_even_when_it_is_allowed()
    {
        var rules = new ClientRules(["-TR"], ["-TR405"]);

        Assert.False(rules.Allows(Transmission));
        Assert.True(rules.Allows(IdOf("-TR4060-abcdefghijkl")));
        Assert.True(new ClientRules([], ["-TR"]).Allows(Aria));
    }

    [Fact]
    public void Should_compare_bytes_not_letters()
    {
        var rules = new ClientRules([], ["-tr", "\u00FF"]);

        Assert.True(rules.Allows(Transmission));
        Assert.False(rules.Allows(new PeerId([0xFF, .. new byte[19]])));
    }

    [Fact]
    public void Should_take_a_whole_id()
    {
        var rules = new ClientRules([], ["-TR4050-abcdefghijkl"]);

        Assert.False(rules.Allows(Transmission));
        Assert.True(rules.Allows(IdOf("-TR4050-abcdefghijkm")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-TR4050-abcdefghijklm")]
    [InlineData("-\u0100")]
    public void Should_refuse_what_no_id_can_begin_with(string prefix)
    {
        Assert.Throws<ArgumentException>(() => new ClientRules([prefix], []));
        Assert.Throws<ArgumentException>(() => new ClientRules([], [prefix]));
    }

    private static PeerId IdOf(string text) => new(Encoding.ASCII.GetBytes(text));
}
