using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Workflows.Models;
using OrchardCore.Workflows.Services;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Tracker.Completions;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Completed downloads, as workflows hear of them.</summary>
public sealed class CompletionTests
{
    [Fact]
    public async Task Should_start_a_workflow_for_each_completed_download_without_slowing_the_announce()
    {
        await using var site = await TestSite.StartAsync();
        await site.InTenantAsync(services => services.GetRequiredService<IWorkflowTypeStore>().SaveAsync(new WorkflowType
        {
            WorkflowTypeId = "completed",
            Name = "Completed",
            IsEnabled = true,
            Activities =
            [
                new ActivityRecord { ActivityId = "event", Name = "TorrentCompletedEvent", IsStart = true },
                new ActivityRecord
                {
                    ActivityId = "log",
                    Name = "LogTask",
                    Properties = new System.Text.Json.Nodes.JsonObject
                    {
                        ["LogLevel"] = (int)LogLevel.Warning,
                        ["Text"] = new System.Text.Json.Nodes.JsonObject { ["Expression"] = "completed {{ Workflow.Input.InfoHash }} by {{ Workflow.Input.UserId }}." },
                    },
                },
            ],
            Transitions = [new Transition { Id = 1, SourceActivityId = "event", SourceOutcomeName = "Done", DestinationActivityId = "log" }],
        }));
        using var client = site.CreateClient();
        List<string> hashes = [];
        for (var port = 1001; port < 1006; port++)
        {
            var hash = Announcer.NewHash();
            hashes.Add(TrackerSite.HashOf(hash).ToString());
            await client.AnnounceAsync(hash, port);
            await client.AnnounceAsync(hash, port, left: 0, extra: "&event=completed");
            await client.AnnounceAsync(hash, port, left: 0, extra: "&event=completed"); // again: no second download
        }

        await Eventually.HoldsAsync(() => hashes.TrueForAll(hash => Count(hash) > 0));
        Assert.All(hashes, hash => Assert.Equal(1, Count(hash)));

        int Count(string hash) => site.Log.Lines.Count(line => line.Contains($"completed {hash} by ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_show_the_event_to_who_makes_workflows()
    {
        await using var site = await TestSite.StartAsync();
        var activity = await site.InTenantAsync(services =>
            Task.FromResult(services.GetRequiredService<IActivityLibrary>().GetActivityByName("TorrentCompletedEvent")));

        Assert.NotNull(activity);
        Assert.Equal("Torrent Completed Event", activity.DisplayText.Value);
        await site.InTenantAsync(services => services.GetRequiredService<IWorkflowTypeStore>().SaveAsync(new WorkflowType
        {
            WorkflowTypeId = "shown",
            Name = "Shown",
            Activities = [new ActivityRecord { ActivityId = "event", Name = "TorrentCompletedEvent", IsStart = true }],
        }));
        var id = (await site.InTenantAsync(services => services.GetRequiredService<IWorkflowTypeStore>().GetAsync("shown"))).Id;
        using var admin = await site.SignInAsync(TestSite.AdminName);
        var page = await admin.GetStringAsync($"Admin/Workflows/Types/Edit/{id}", TestContext.Current.CancellationToken);
        Assert.Contains("Torrent Completed", page, StringComparison.Ordinal);
        Assert.Contains("A download was completed.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_keep_so_many_only_and_nothing_that_nobody_wants()
    {
        var queue = new CompletionQueue(capacity: 3);
        queue.Add(default);
        Assert.Empty(queue.Take(10));

        queue.IsWanted = true;
        for (var i = 0; i < 5; i++)
        {
            queue.Add(default);
        }

        Assert.Equal(2, queue.Dropped);
        Assert.Equal(2, queue.Take(2).Count);
        Assert.Single(queue.Take(10));
    }
}
