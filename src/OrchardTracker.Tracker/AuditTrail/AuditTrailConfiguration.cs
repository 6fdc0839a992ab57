using Microsoft.Extensions.Options;
using OrchardCore.AuditTrail.Services.Models;
using OrchardTracker.Tracker.Journal;

namespace OrchardTracker.Tracker.AuditTrail;

internal sealed class AuditTrailConfiguration : IConfigureOptions<AuditTrailOptions>
{
    public const string Category = "Tracker";

    public void Configure(AuditTrailOptions options) =>
        options.For<AuditTrailConfiguration>(Category, S => S["Tracker"])
            .WithEvent(nameof(TrackerAct.SettingsChanged), S => S["Settings changed"], S => S["The settings of the BitTorrent tracker were changed."], true)
            .WithEvent(nameof(TrackerAct.BanAdded), S => S["Ban added"], S => S["An address, a user or a client was banned from the BitTorrent tracker."], true)
            .WithEvent(nameof(TrackerAct.BanLifted), S => S["Ban lifted"], S => S["A ban was lifted."], true)
            .WithEvent(nameof(TrackerAct.KeyRotated), S => S["Passkey replaced"], S => S["A user has replaced his passkey."], true)
            .WithEvent(nameof(TrackerAct.KeyRevoked), S => S["Passkey revoked"], S => S["The passkey of a user was revoked."], true);
}
